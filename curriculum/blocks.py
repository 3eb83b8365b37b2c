"""The cards of a lesson. Each cites its facts in a chooser, so that Wagtail's reference index sees them."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock
from wagtailmedia.blocks import AudioChooserBlock, VideoChooserBlock

from .card_parts import (
    MOST_SIGNS,
    FlashBlock,
    NoteBlock,
    SignBlock,
    SpokenLineBlock,
    TableBlock,
    card,
    closing,
    lines,
    text,
)
from .country_keys import CountryKey
from .drawings import DRAWINGS
from .translation.tables import TextTableBlock


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
