"""The form of a certificate design: asked for what paper needs before anybody sees it there."""

from collections.abc import Iterable
from itertools import groupby

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from lms.people.permissions import SEE_A_COUNTRY, countries_for

from ..designs import colours, faults
from ..designs.faults import Fault
from ..designs.look import Look


class ColourInput(forms.TextInput):
    """The digits are what counts; beside them the browser's own way of choosing a colour (js/colours.js)."""

    class Media:
        js = ["js/colours.js"]
        css = {"all": ["css/designer.css"]}

    def __init__(self):
        super().__init__({"maxlength": 7, "size": 8, "autocomplete": "off", "spellcheck": "false"})

    def render(self, name, value, attrs=None, renderer=None):
        digits = super().render(name, value, attrs, renderer)
        chooser = '<span class="colour">{}<input type="color" value="{}" data-colour-of="{}" aria-label="{}"></span>'
        return format_html(chooser, digits, value or "#000000", (attrs or {}).get("id", ""), _("Choose the colour"))


class DesignForm(WagtailAdminModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        country = self.fields["country"]
        country.queryset = countries_for(self.for_user, *SEE_A_COUNTRY)
        if self.for_user.is_superuser:
            country.empty_label = gettext_lazy("All countries")
            return
        country.help_text = gettext_lazy("Whose design it is.")
        if len(country.queryset) == 1:
            country.empty_label = None

    def clean_country(self):
        country = self.cleaned_data["country"]
        if country is None and not self.for_user.is_superuser:
            raise ValidationError(_("Choose your country: administrators make designs for all."))
        if country and self.instance.pk and self.instance.policies.exclude(country=country).exists():
            raise ValidationError(_("Certificates of other countries use it: make a copy for this country."))
        return country

    def clean_main_colour(self):
        colour = self.cleaned_data["main_colour"]
        if (found := colours.contrast_on_white(colour)) < colours.READABLE:
            words = _(
                "Too pale to read on paper: its contrast is %(found).1f, and 4.5 is the least. Choose a darker one."
            )
            raise ValidationError(words % {"found": found})
        return colour

    def clean(self):
        data = super().clean()
        look = Look(data.get("base") or "hem", data.get("orientation") or "landscape")
        if "wordings" in data:
            self._add("wordings", faults.of_wordings(data["wordings"], look))
        if "signatories" in data:
            self._add("signatories", faults.of_signatories(data["signatories"], look))
        if "logos" in data:
            self._add("logos", faults.of_logos(data["logos"]))
        return data

    def _add(self, stream: str, found: Iterable[Fault]) -> None:
        errors = {
            position: StructBlockValidationError({fault.field: ValidationError(fault.message) for fault in of_block})
            for position, of_block in groupby(found, key=lambda fault: fault.position)
        }
        if errors:
            self.add_error(stream, StreamBlockValidationError(errors))


PAPER = [
    MultiFieldPanel(
        [FieldPanel("name"), FieldPanel("country"), FieldPanel("own_title")],
        heading=gettext_lazy("Whose it is"),
        icon="doc-full",
    ),
    MultiFieldPanel(
        [
            FieldPanel("base", widget=forms.RadioSelect),
            FieldRowPanel(
                [
                    FieldPanel("orientation", widget=forms.RadioSelect),
                    FieldPanel("border", widget=forms.RadioSelect),
                ]
            ),
        ],
        heading=gettext_lazy("Shape"),
        icon="image",
    ),
    MultiFieldPanel(
        [
            FieldRowPanel(
                [
                    FieldPanel("main_colour", widget=ColourInput),
                    FieldPanel("line_colour", widget=ColourInput),
                    FieldPanel("fill_colour", widget=ColourInput),
                ]
            )
        ],
        heading=gettext_lazy("Colours"),
        icon="view",
        help_text=gettext_lazy("Headings and weaving; fine lines; small filled shapes. Paper is always white."),
    ),
]
PEOPLE = [
    FieldPanel(
        "logos",
        help_text=gettext_lazy(
            "At most three. They can tell who is behind it: leave out what names an illness. A copier turns them grey."
        ),
    ),
    FieldPanel(
        "signatories",
        help_text=gettext_lazy(
            "At most two. Sign in black or blue on white paper and photograph it from above. Without a picture there "
            "is a line to sign on."
        ),
    ),
]
WORDS = [
    FieldPanel(
        "wordings",
        help_text=gettext_lazy(
            "Only what should read otherwise, once a language. What is empty is printed as shipped."
        ),
    )
]
EDITOR = TabbedInterface(
    [
        ObjectList(PAPER, heading=gettext_lazy("Paper")),
        ObjectList(PEOPLE, heading=gettext_lazy("Logos and signatures")),
        ObjectList(WORDS, heading=gettext_lazy("Words")),
    ],
    base_form_class=DesignForm,
)
