"""The cards of a lesson. Each cites its facts in a chooser, so that Wagtail's reference index sees them."""

from django.core.exceptions import ValidationError
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock
from wagtail.snippets.blocks import SnippetChooserBlock
from wagtailmedia.blocks import AudioChooserBlock, VideoChooserBlock

from lms.core.models import country_choices

from .country_keys import CountryKey
from .drawings import DRAWINGS
from .translation.tables import TextTableBlock

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


def value_choices():
    """A callable, so that a new key is no migration."""
    return CountryKey.choices


def drawing_choices():
    """A callable, so that a new drawing is no migration."""
    return DRAWINGS.items()


CARDS = [
    (
        "ask",
        card(
            "ask",
            ("question", blocks.CharBlock(max_length=250, label=_("Question"))),
            label=_("Ask yourself"),
            icon="help",
            label_format="{question}",
            help_text=_("The hook, first in a lesson: A woman feels well today. Do you still ask her about TB?"),
        ),
    ),
    (
        "text",
        card(
            "text",
            ("text", text(_("One thought in short sentences; at most 60 words on the card"))),
            label=_("Text"),
            icon="pilcrow",
            label_format="{title} {text}",
            help_text=_("One thought, at most 60 words"),
        ),
    ),
    (
        "remember",
        card(
            "remember",
            ("message", blocks.CharBlock(max_length=200, label=_("Key message"))),
            ("signs", lines(SignBlock(label=_("Pictogram")), _("Pictograms"), default=[], max_num=MOST_SIGNS)),
            ("closing", closing()),
            label=_("Remember"),
            icon="pick",
            label_format="{message}",
            help_text=_("The one sentence to keep, with up to six pictograms"),
        ),
    ),
    (
        "story",
        card(
            "story",
            ("text", text(_("One person, one day, one choice. Invented names only."))),
            label=_("Story"),
            icon="openquote",
            label_format="{title} {text}",
            help_text=_("Grace came for her usual visit …"),
        ),
    ),
    (
        "say",
        card(
            "say",
            ("lines", lines(SpokenLineBlock(label=_("Line")), _("Lines"), min_num=1)),
            label=_("Say it like this"),
            icon="comment",
            help_text=_("Words she can use tomorrow. You: I ask everybody these four questions."),
        ),
    ),
    (
        "steps",
        card(
            "steps",
            ("steps", lines(blocks.CharBlock(max_length=200, label=_("Step")), _("Steps"), min_num=1)),
            ("closing", closing()),
            label=_("Steps"),
            icon="list-ol",
            help_text=_("What to do, in order"),
        ),
    ),
    (
        "table",
        card(
            "table",
            ("table", TextTableBlock([("text", blocks.CharBlock(required=False))], label=_("Table"))),
            block=TableBlock,
            label=_("Table"),
            icon="table",
            help_text=_("At most three columns: it must fit on a phone"),
        ),
    ),
    (
        "flash",
        card(
            "flash",
            ("cards", lines(FlashBlock(label=_("Card")), _("Cards"), min_num=1)),
            label=_("Flash cards"),
            icon="copy",
            help_text=_("A question in front, its answer behind"),
        ),
    ),
    (
        "picture",
        card(
            "picture",
            ("picture", ImageBlock(label=_("Picture"))),
            (
                "caption",
                blocks.CharBlock(max_length=150, label=_("Caption"), help_text=_("What one should notice in it")),
            ),
            label=_("Picture"),
            icon="image",
            label_format="{caption}",
            help_text=_("A drawing or a photograph; never of a client"),
        ),
    ),
    (
        "drawing",
        card(
            "drawing",
            ("name", blocks.ChoiceBlock(choices=drawing_choices, label=_("Drawing"))),
            (
                "caption",
                blocks.CharBlock(
                    required=False, max_length=150, label=_("Caption"), help_text=_("What one should notice in it")
                ),
            ),
            label=_("Drawing"),
            icon="pick",
            label_format="{name}",
            help_text=_("One of the site’s own drawings: light, and made for dark screens too"),
        ),
    ),
    (
        "audio",
        card(
            "audio",
            ("recording", AudioChooserBlock(label=_("Recording"))),
            label=_("Listen"),
            icon="media",
            label_format="{title}",
            help_text=_("Somebody speaks; its size is shown and nothing is loaded before she taps"),
        ),
    ),
    (
        "video",
        card(
            "video",
            ("recording", VideoChooserBlock(label=_("Recording"))),
            label=_("Watch"),
            icon="media",
            label_format="{title}",
            help_text=_("A short film; its size is shown and nothing is loaded before she taps"),
        ),
    ),
    (
        "download",
        card(
            "download",
            ("document", DocumentChooserBlock(label=_("Document"))),
            label=_("Download"),
            icon="download",
            help_text=_("A file to keep or print; its size is shown first"),
        ),
    ),
    (
        "note",
        card(
            "note",
            ("text", text(_("What is different there, such as: In Kenya, go to the chest clinic."))),
            block=NoteBlock,
            where=_("At least one"),
            label=_("Country note"),
            icon="globe",
            label_format="{title} {text}",
            help_text=_("Only learners of the chosen countries see it"),
        ),
    ),
    (
        "value",
        card(
            "value",
            ("key", blocks.ChoiceBlock(choices=value_choices, label=_("Value"))),
            label=_("Country value"),
            icon="globe",
            label_format="{key}",
            help_text=_("What her own country’s guideline says, from the list of country values"),
        ),
    ),
    (
        "summary",
        card(
            "summary",
            ("text", text(_("Two to four lines to keep, as a list"))),
            label=_("Summary"),
            icon="tick-inverse",
            help_text=_("Last in a lesson"),
        ),
    ),
]


class CardsBlock(blocks.StreamBlock):
    """The cards of a lesson, one thought each."""

    def __init__(self, local_blocks=None, **kwargs):
        super().__init__(local_blocks or CARDS, **kwargs)

    class Meta:
        collapsed = True


ON_PAPER = ("text", "remember", "steps", "table", "say", "picture", "drawing", "note", "value")


class JobAidBlock(CardsBlock):
    """The cards of a job aid: what can be printed, and nothing to turn over, hear or answer."""

    def __init__(self, local_blocks=None, **kwargs):
        super().__init__(local_blocks or [(kind, block) for kind, block in CARDS if kind in ON_PAPER], **kwargs)
