"""What every kind of card is made of; the kinds themselves stand in blocks.py."""

from django.core.exceptions import ValidationError
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
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
MOST_SIGNS = 6
MOST_COLUMNS = 3


class CardValue(blocks.StructValue):
    def is_for(self, country_code: str) -> bool:
        """A card without countries is for everyone."""
        return not self["countries"] or country_code in self["countries"]


class CardBlock(blocks.StructBlock):
    title = blocks.CharBlock(required=False, max_length=80, label=_("Title"), help_text=_("May stay empty"))

    class Meta:
        value_class = CardValue
        label_format = "{title}"


class NoteBlock(CardBlock):
    def clean(self, value):
        value = super().clean(value)
        if not value["countries"] and not self.is_deferred_validation:
            words = _("Choose the countries this note is for. What holds for everyone is a text card.")
            raise blocks.StructBlockValidationError({"countries": ValidationError(words)})
        return value


class TableBlock(CardBlock):
    def clean(self, value):
        value = super().clean(value)
        if len(value["table"].columns) > MOST_COLUMNS:
            words = _("A phone has room for three columns. Make two tables, or leave a column out.")
            raise blocks.StructBlockValidationError(non_block_errors=[words])
        return value


class FactsBlock(blocks.ListBlock):
    """Facts are the same in every language: a translator is not asked which."""

    canonical_module_path = "wagtail.blocks.ListBlock"  # a migration knows the plain block

    def get_translatable_segments(self, value) -> list:
        return []


FOR_EVERYONE = _("None chosen: for everyone")


def card(kind: str, *content, block: type[CardBlock] = CardBlock, where=FOR_EVERYONE, **meta) -> CardBlock:
    """A kind of card: its content between the title and what every card has, drawn by blocks/<kind>.html."""
    facts = FactsBlock(
        SnippetChooserBlock("curriculum.Fact", label=_("Fact")),
        label=_("Facts it states"),
        help_text=_("Learners see their sources under the lesson"),
        default=[],
    )
    countries = blocks.MultipleChoiceBlock(
        choices=country_choices,
        required=False,
        label=_("Only for these countries"),
        help_text=where,
        widget=CheckboxSelectMultiple,
    )
    tail = [("facts", facts), ("countries", countries)]
    return block([*content, *tail], template=f"curriculum/blocks/{kind}.html", group=_("Cards"), **meta)


def text(help_text=""):
    return blocks.RichTextBlock(features=TEXT_FEATURES, label=_("Text"), help_text=help_text)


def closing():
    return blocks.CharBlock(required=False, max_length=200, label=_("Closing line"))


def lines(child, label, **kwargs):
    return blocks.ListBlock(child, label=label, **kwargs)


class SignBlock(blocks.StructBlock):
    sign = blocks.ChoiceBlock(choices=SIGNS, label=_("Pictogram"))
    word = blocks.CharBlock(max_length=30, label=_("Word"), help_text=_("One or two words, such as: Night sweats"))

    class Meta:
        label_format = "{word}"


class SpokenLineBlock(blocks.StructBlock):
    speaker = blocks.CharBlock(max_length=30, label=_("Who speaks"), help_text=_("“You” for the learner herself"))
    words = blocks.CharBlock(max_length=250, label=_("What she says"))

    class Meta:
        label_format = "{speaker}: {words}"


class FlashBlock(blocks.StructBlock):
    question = blocks.CharBlock(max_length=150, label=_("Front"), help_text=_("Such as: Is TB in the air?"))
    answer = blocks.CharBlock(max_length=250, label=pgettext_lazy("of a flash card", "Back"))

    class Meta:
        label_format = "{question}"
