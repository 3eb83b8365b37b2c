"""The checks of a lesson or a job aid as a whole, one a function."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from . import sentences, texts
from .remark import Remark

MOST_WORDS_ON_PAPER = 260


def has_cards(cards, language: str) -> Iterator[Remark]:
    if not len(cards):
        yield Remark(_("The lesson has no card yet."), blocks=True)


def hook(cards, language: str) -> Iterator[Remark]:
    if len(cards) and cards[0].block_type != "ask":
        yield Remark(_("It does not begin with a question. Put an “Ask yourself” card first."))


def summary(cards, language: str) -> Iterator[Remark]:
    if len(cards) and cards[-1].block_type != "summary":
        yield Remark(_("It does not end with a summary. Put a “Summary” card last."))


def reading_level(cards, language: str) -> Iterator[Remark]:
    text = _text(cards)
    length = sentences.median_length(text)
    if length > sentences.MEDIAN:
        says = _("Half of the sentences have more than %(most)s words. Shorter ones are understood at once.")
        yield Remark(says % {"most": sentences.MEDIAN})
    grade = sentences.grade(text) if language == "en" else None
    if grade is not None and grade > sentences.GRADE:
        says = _("It reads like school year %(grade)s, at most %(most)s: use shorter words and sentences.")
        yield Remark(says % {"grade": round(grade), "most": sentences.GRADE})


def one_page(cards, language: str) -> Iterator[Remark]:
    count = sum(texts.words_on(card) for card in cards)
    if count > MOST_WORDS_ON_PAPER:
        says = _("%(count)s words, at most %(most)s: it must fit on one printed page.")
        yield Remark(says % {"count": count, "most": MOST_WORDS_ON_PAPER})


OF_A_LESSON = (has_cards, hook, summary, reading_level)
OF_A_JOB_AID = (one_page,)


def _text(cards) -> str:
    return "\n".join(text for card in cards for text in texts.fields(card).values())
