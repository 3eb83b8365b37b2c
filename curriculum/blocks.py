"""The cards of a lesson. Each cites its facts in a chooser, so that Wagtail's reference index sees them."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from lms.core.models import country_choices

SIGNS = [
    ("cough", _("Cough")),
    ("thermo", _("Fever")),
    ("sweat", _("Night sweats")),
    ("weight", _("Weight loss")),
    ("drop", _("Drop of blood")),
    ("heart", _("Heart")),
    ("baby", _("Baby")),
    ("pills", _("Tablets")),
    ("net", _("Net")),
    ("people", _("People")),
    ("clock", _("Time")),
    ("hands", _("Hands")),
    ("breast", _("Breast")),
    ("lungs", _("Lungs")),
    ("phone", _("Phone")),
    ("star", _("Important")),
    ("cross", _("No")),
    ("tick", _("Yes")),
]
TEXT_FEATURES = ["bold", "ul", "ol"]


class CardValue(blocks.StructValue):
    def is_for(self, country_code: str) -> bool:
        """A card without countries is for everyone."""
        return not self["countries"] or country_code in self["countries"]


class CardBlock(blocks.StructBlock):
    title = blocks.CharBlock(required=False, max_length=80, label=_("Title"))

    class Meta:
        value_class = CardValue
        label_format = "{title}"


def card(kind: str, *content, **meta) -> CardBlock:
    """A kind of card: its content between the title and what every card has, drawn by blocks/<kind>.html."""
    tail = [
        (
            "facts",
            blocks.ListBlock(
                SnippetChooserBlock("curriculum.Fact", label=_("Fact")), label=_("Facts it states"), default=[]
            ),
        ),
        (
            "countries",
            blocks.MultipleChoiceBlock(choices=country_choices, required=False, label=_("Only for these countries")),
        ),
    ]
    return CardBlock([*content, *tail], template=f"curriculum/blocks/{kind}.html", group=_("Cards"), **meta)


def text(**kwargs):
    return blocks.RichTextBlock(features=TEXT_FEATURES, label=_("Text"), **kwargs)


def lines(child, label, **kwargs):
    return blocks.ListBlock(child, label=label, **kwargs)


class SignBlock(blocks.StructBlock):
    sign = blocks.ChoiceBlock(choices=SIGNS, label=_("Pictogram"))
    word = blocks.CharBlock(max_length=30, label=_("Word"))


class SpokenLineBlock(blocks.StructBlock):
    speaker = blocks.CharBlock(max_length=30, label=_("Who speaks"), help_text=_("“You” for the learner herself"))
    words = blocks.CharBlock(max_length=250, label=_("What she says"))


class FlashBlock(blocks.StructBlock):
    question = blocks.CharBlock(max_length=150, label=_("Front"))
    answer = blocks.CharBlock(max_length=250, label=_("Back"))


def value_choices():
    from .models import CountryValue

    return CountryValue.Key.choices


CARDS = [
    ("ask", card("ask", ("question", blocks.CharBlock(max_length=250, label=_("Question"))), label=_("Ask yourself"))),
    ("text", card("text", ("text", text()), label=_("Text"))),
    (
        "remember",
        card(
            "remember",
            ("message", blocks.CharBlock(max_length=200, label=_("Key message"))),
            ("signs", lines(SignBlock(label=_("Pictogram")), _("Pictograms"), default=[])),
            ("closing", blocks.CharBlock(required=False, max_length=200, label=_("Closing line"))),
            label=_("Remember"),
        ),
    ),
    ("story", card("story", ("text", text()), label=_("Story"))),
    ("say", card("say", ("lines", lines(SpokenLineBlock(label=_("Line")), _("Lines"))), label=_("Say it like this"))),
    (
        "steps",
        card("steps", ("steps", lines(blocks.CharBlock(max_length=200, label=_("Step")), _("Steps"))), label=_("Steps")),
    ),
    (
        "table",
        card("table", ("table", TypedTableBlock([("text", blocks.CharBlock(required=False))])), label=_("Table")),
    ),
    ("flash", card("flash", ("cards", lines(FlashBlock(label=_("Card")), _("Cards"))), label=_("Flash cards"))),
    (
        "picture",
        card(
            "picture",
            ("picture", ImageBlock(label=_("Picture"))),
            ("caption", blocks.CharBlock(max_length=150, label=_("Caption"))),
            label=_("Picture"),
        ),
    ),
    (
        "download",
        card("download", ("document", DocumentChooserBlock(label=_("Document"))), label=_("Download")),
    ),
    ("note", card("note", ("text", text()), label=_("Country note"))),
    (
        "value",
        card("value", ("key", blocks.ChoiceBlock(choices=value_choices, label=_("Value"))), label=_("Country value")),
    ),
    ("summary", card("summary", ("text", text()), label=_("Summary"))),
]


class CardsBlock(blocks.StreamBlock):
    """The cards of a lesson, one thought each."""

    def __init__(self, local_blocks=None, **kwargs):
        super().__init__(local_blocks or CARDS, **kwargs)


class RowValue(blocks.StructValue):
    def is_for(self, country_code: str) -> bool:
        wanted = not self["countries"] or country_code in self["countries"]
        return wanted and country_code not in self["except_countries"]


class RowBlock(blocks.StructBlock):
    """One row of a programme: a whole module, or a single unit."""

    target = blocks.PageChooserBlock(
        page_type=["curriculum.ModulePage", "curriculum.UnitPage"], label=_("Module, lesson, quiz or practical")
    )
    required = blocks.BooleanBlock(default=True, required=False, label=_("Required for the certificate"))
    after = blocks.ListBlock(
        blocks.PageChooserBlock(page_type=["curriculum.ModulePage", "curriculum.UnitPage"], label=_("Done before")),
        default=[],
        label=_("Opens after"),
    )
    countries = blocks.MultipleChoiceBlock(
        choices=country_choices, required=False, label=_("Only for these countries"), help_text=_("None chosen: all")
    )
    except_countries = blocks.MultipleChoiceBlock(choices=country_choices, required=False, label=_("Not for"))

    class Meta:
        icon = "list-ol"
        label = _("Row")
        value_class = RowValue
