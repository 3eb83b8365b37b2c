"""What the editor shows of the version that was saved last: remarks card by card, words, reading level, weight."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from wagtail.models import Page

from .. import bodies
from ..models import LessonPage, ModulePage
from . import cards as card_checks
from . import sentences, texts, weight
from .remark import Remark
from .whole import OF_A_JOB_AID, OF_A_LESSON


@dataclass(frozen=True)
class Report:
    remarks: list[Remark]
    words: int
    sentence: float
    grade: float | None
    weight: weight.Weight | None

    @cached_property
    def blocking(self) -> list[Remark]:
        return [remark for remark in self.remarks if remark.blocks]

    @cached_property
    def whole(self) -> list[Remark]:
        return [remark for remark in self.remarks if not remark.card]

    @cached_property
    def at_cards(self) -> dict[str, list[Remark]]:
        """By the card's name; what blocks comes first."""
        found: dict[str, list[Remark]] = defaultdict(list)
        for remark in self.remarks:
            if remark.card:
                found[remark.name].append(remark)
        return dict(found)


def report(page: Page) -> Report | None:
    """Of a lesson, or of a module's job aid as it stands in this object; None for any other page."""
    if isinstance(page, LessonPage):
        weighed = weight.weigh(bodies.preview(page).html, page.cards)
        return _report(page, page.cards, OF_A_LESSON, weighed)
    if isinstance(page, ModulePage) and page.job_aid:
        return _report(page, page.job_aid, OF_A_JOB_AID, None)
    return None


def _report(page: Page, cards, whole: tuple[Callable, ...], weighed: weight.Weight | None) -> Report:
    language = page.locale.language_code
    text = "\n".join(line for card in cards for line in texts.fields(card).values())
    return Report(
        remarks=[
            *(remark for check in whole for remark in check(cards, language)),
            *(weight.remarks(weighed) if weighed else ()),
            *card_checks.remarks(cards, language),
        ],
        words=sum(texts.words_on(card) for card in cards),
        sentence=sentences.median_length(text),
        grade=sentences.grade(text) if language == "en" else None,
        weight=weighed,
    )
