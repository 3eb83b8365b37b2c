"""What the numbers of a question or a quiz say, in words. Pure; where the line is drawn, and after whom, stands here.

Ebel & Frisbie, Essentials of Educational Measurement (1991), ch. 13: discrimination under .20 is poor. Kehoe, Practical
Assessment, Research & Evaluation 4 (1995) no. 10: under 30 % right is too hard. Haladyna & Downing, Educational and
Psychological Measurement 53 (1993) 999–1010: an answer that nobody chooses does no work. MoodleDocs, «Quiz report
statistics»: over 95 % right is extremely easy; a reliability under .64 is unsatisfactory, over .75 enough.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from django.utils.translation import gettext, ngettext

ENOUGH = 30  # first attempts, below which there is no verdict
WITHHELD = 10  # below which numbers could describe single people, and are not shown

TOO_HARD = 0.30
TOO_EASY = 0.95
POOR = 0.20
LEFT_OUT = 0.10
TIMES_SLOWER = 3
SLOW_SECONDS = 60
UNRELIABLE = 0.64
RELIABLE = 0.75


class Level(IntEnum):
    """In the order in which a trainer reads them."""

    LOOK = 1
    NOTE = 2
    WORKS = 3
    FEW = 4


@dataclass(frozen=True)
class Verdict:
    code: str
    level: Level
    text: str


@dataclass(frozen=True)
class Numbers:
    """What the verdicts on one question look at. `dead`: answers to choose from that nobody chose."""

    n: int
    facility: float | None = None
    discrimination: float | None = None
    seconds: float | None = None
    left_out: float = 0.0
    dead: Sequence[str] = ()
    drawn_to: Sequence[str] = ()  # wrong answers that more of the strong third chose than of the weak third


def verdicts(numbers: Numbers, usual_seconds: float | None = None) -> list[Verdict]:
    """Everything that is to be said about a question, the gravest first; never empty.

    `usual_seconds`: what half of the questions of the same quiz take at most. Under 30 attempts nothing is judged.
    """
    if numbers.n < ENOUGH:
        return [few(numbers.n)]
    found = [
        check_key(numbers),
        too_hard(numbers),
        too_easy(numbers),
        hardly_tells(numbers),
        strong_drawn_to(numbers),
        left_out(numbers),
        slow(numbers, usual_seconds),
        nobody_chooses(numbers),
    ]
    said = [verdict for verdict in found if verdict]
    return sorted(said, key=lambda verdict: verdict.level) or [Verdict("works", Level.WORKS, gettext("Works well."))]


def few(n: int) -> Verdict:
    """The sentence that stands in a verdict's place."""
    if n < WITHHELD:
        text = ngettext(
            "Only %(n)s attempt: too few to show numbers, which could describe one person.",
            "Only %(n)s attempts: too few to show numbers, which could describe one person.",
            n,
        )
    else:
        text = gettext("Only %(n)s attempts: read the numbers with care. A verdict needs %(enough)s.")
    return Verdict("few", Level.FEW, text % {"n": n, "enough": ENOUGH})


def needs_a_look(numbers: Numbers) -> bool:
    """Whether a verdict asks a trainer to open the question. Facility and discrimination alone decide."""
    return numbers.n >= ENOUGH and bool(check_key(numbers) or too_hard(numbers))


def check_key(numbers: Numbers) -> Verdict | None:
    if numbers.discrimination is None or numbers.discrimination >= 0 or too_easy(numbers):
        return None
    return Verdict("check_key", Level.LOOK, gettext("Strong learners miss this: check the key."))


def too_hard(numbers: Numbers) -> Verdict | None:
    if numbers.facility is None or numbers.facility >= TOO_HARD:
        return None
    return Verdict("too_hard", Level.LOOK, gettext("Too hard: teach it again, or check the wording."))


def too_easy(numbers: Numbers) -> Verdict | None:
    """No fault in a question that everyone must know; it only says nothing about who knows more."""
    if numbers.facility is None or numbers.facility <= TOO_EASY:
        return None
    return Verdict("too_easy", Level.NOTE, gettext("Too easy to tell people apart: fine where everyone must know it."))


def hardly_tells(numbers: Numbers) -> Verdict | None:
    if numbers.discrimination is None or not 0 <= numbers.discrimination < POOR or too_easy(numbers):
        return None
    return Verdict("hardly_tells", Level.NOTE, gettext("Strong and weak learners do almost equally well on this."))


def strong_drawn_to(numbers: Numbers) -> Verdict | None:
    if not numbers.drawn_to:
        return None
    text = gettext("Strong learners choose “%(answer)s” more often than weak ones: is it wrong in every way?")
    return Verdict("drawn_to", Level.NOTE, text % {"answer": numbers.drawn_to[0]})


def left_out(numbers: Numbers) -> Verdict | None:
    if numbers.left_out <= LEFT_OUT:
        return None
    text = gettext("%(percent)s %% leave it unanswered: is it clear what to do?") % {
        "percent": round(100 * numbers.left_out)
    }
    return Verdict("left_out", Level.NOTE, text)


def slow(numbers: Numbers, usual_seconds: float | None) -> Verdict | None:
    if not numbers.seconds or not usual_seconds or numbers.seconds < SLOW_SECONDS:
        return None
    if numbers.seconds < TIMES_SLOWER * usual_seconds:
        return None
    text = gettext("Takes very long: %(seconds)s seconds. Half of the questions here take %(usual)s or less.")
    return Verdict("slow", Level.NOTE, text % {"seconds": round(numbers.seconds), "usual": round(usual_seconds)})


def nobody_chooses(numbers: Numbers) -> Verdict | None:
    if not numbers.dead:
        return None
    text = ngettext(
        "Nobody chooses this answer: %(answers)s.", "Nobody chooses these answers: %(answers)s.", len(numbers.dead)
    )
    return Verdict("nobody", Level.NOTE, text % {"answers": ", ".join(f"“{answer}”" for answer in numbers.dead)})


def of_reliability(value: float | None, n: int) -> str:
    """What a quiz's reliability says."""
    if value is None or n < ENOUGH:
        return ""
    if value >= RELIABLE:
        return gettext("The quiz places people reliably.")
    if value >= UNRELIABLE:
        return gettext("The quiz places people fairly reliably.")
    return gettext(
        "Scores depend much on chance: add questions, or make them clearer. Where nearly everyone knows everything, "
        "a low number is no fault."
    )


# Knowledge gain -------------------------------------------------------------------------------------------------------


def of_gain(n: int, more: int, before: float, after: float, of: int | None) -> str:
    """«Of 24 learners 20 know more than before; on average from 11 to 16 of 20.» In per cent where lengths differ."""
    who = ngettext(
        "Of %(n)s learner %(more)s knows more than before", "Of %(n)s learners %(more)s know more than before", n
    ) % {"n": n, "more": more}
    if of:
        marks = {"before": _plain(before * of), "after": _plain(after * of), "of": of}
        return f"{who}; " + gettext("on average from %(before)s to %(after)s of %(of)s.") % marks
    percent = {"before": round(100 * before), "after": round(100 * after)}
    return f"{who}; " + gettext("on average from %(before)s %% to %(after)s %%.") % percent


def of_normalised(value: float | None) -> str:
    """Hake's three regions."""
    if value is None:
        return gettext("nothing was left to learn")
    if value < 0:
        return gettext("they know less")
    if value < 0.3:
        return gettext("low")
    return gettext("medium") if value < 0.7 else gettext("high")


def _plain(marks: float) -> str:
    return f"{marks:.1f}".removesuffix(".0")
