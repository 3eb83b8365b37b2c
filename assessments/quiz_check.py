"""What is wrong with a quiz, said in words that name the section, before anybody is asked.

Faults keep a quiz from being published: no learner could be served well, and its author alone can mend it. Remarks only
warn: they depend on the bank, on other quizzes or on taste, and may be right by tomorrow without a change here.
"""

from collections.abc import Iterable
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

WITHOUT_EFFECT = {
    "pre_test": ("pass_mark", "tries", "wait_hours"),
    "post_test": ("pass_mark", "tries", "wait_hours"),
    "practice": ("tries", "wait_hours", "minutes_allowed"),
}


def contradictions(quiz) -> dict[str, list[str]]:
    """By field, what can never be meant. Drafts are refused with these too."""
    opens, closes = quiz.opens_at, quiz.closes_at
    found = {"closes_at": [_("It closes before it opens.")] if opens and closes and closes <= opens else []}
    return {name: words for name, words in found.items() if words}


def faults(quiz) -> dict[str, list[str]]:
    """By field, what keeps the quiz from being published."""
    found = {
        "sections": [*_empty(quiz), *_twice(quiz)],
        "shuffle_questions": _same_paper(quiz),
        "bands": _bands([block.value["from_percent"] for block in quiz.bands]),
    }
    return contradictions(quiz) | {name: words for name, words in found.items() if words}


def remarks(quiz, countries: Iterable) -> list[str]:
    """What is worth another look, the most harmful first."""
    return [*_not_live(quiz), *_short(quiz, list(countries)), *_no_effect(quiz)]


def _empty(quiz) -> list[str]:
    return [] if len(quiz.sections) else [_("It asks nothing yet: add fixed questions, or a draw from the bank.")]


def _twice(quiz) -> list[str]:
    first: dict = {}
    found = []
    for number, question in _chosen(quiz):
        before = first.setdefault(question.translation_key, (number, question.pk))
        if before != (number, question.pk):
            words = _("Section %(number)s asks %(code)s, which section %(first)s asks already. Take one of them out.")
            found.append(words % {"number": number, "code": question.code, "first": before[0]})
    return found + _twice_in_one(quiz)


def _twice_in_one(quiz) -> list[str]:
    rows = [(number, question.code) for number, question in _chosen(quiz)]
    words = _("Section %(number)s asks %(code)s twice. Take one of them out.")
    return [words % {"number": row[0], "code": row[1]} for row in dict.fromkeys(rows) if rows.count(row) > 1]


def _same_paper(quiz) -> list[str]:
    """A second try at the same paper in the same order would ask what she has just seen."""
    draws = any(block.block_type == "draw" for block in quiz.sections)
    if quiz.purpose != quiz.Purpose.CERTIFYING or quiz.shuffle_questions or draws:
        return []
    return [_("A certifying quiz of fixed questions mixes them: the next paper must differ from the last one.")]


def _bands(starts: list[int]) -> list[str]:
    if not starts:
        return []
    if starts[0] != 0:
        words = _("No message for results under %(start)s per cent. Let the first one begin at 0.")
        return [words % {"start": starts[0]}]
    words = _("%(after)s stands after %(before)s. Put the messages in order, from low to high, each start once.")
    return [words % {"before": one, "after": other} for one, other in pairwise(starts) if other <= one]


def _not_live(quiz) -> list[str]:
    words = _("Section %(number)s: %(code)s is not live, so nobody is asked it.")
    return [words % {"number": n, "code": one.code} for n, one in _chosen(quiz) if not one.live]


def _short(quiz, countries: list) -> list[str]:
    """Draws that find fewer questions than they want, with the countries where that is so."""
    fewer: dict[tuple[int, int, int], list[str]] = {}
    bank = quiz.bank()
    for country in countries:
        for number, section in enumerate(quiz.sections_for(country.code, bank), 1):
            if len(section.pool) < section.count:
                fewer.setdefault((number, section.count, len(section.pool)), []).append(country.name)
    return [_shortage(*row, names, everywhere=len(names) == len(countries)) for row, names in fewer.items()]


def _shortage(number: int, count: int, found: int, names: list[str], *, everywhere: bool) -> str:
    words = ngettext(
        "Section %(number)s draws %(count)s, but only %(found)s live question fits in %(where)s.",
        "Section %(number)s draws %(count)s, but only %(found)s live questions fit in %(where)s.",
        found,
    )
    where = _("any country") if everywhere else ", ".join(names)
    return words % {"number": number, "count": count, "found": found, "where": where}


def _no_effect(quiz) -> list[str]:
    names = [
        str(quiz._meta.get_field(name).verbose_name)
        for name in WITHOUT_EFFECT.get(quiz.purpose, ())
        if getattr(quiz, name) != quiz._meta.get_field(name).get_default()
    ]
    if not names:
        return []
    kind = quiz.get_purpose_display().partition(":")[0]
    return [_("%(kind)s: these rules have no effect: %(names)s.") % {"kind": kind, "names": "; ".join(names)}]


def _chosen(quiz) -> list[tuple[int, object]]:
    """The fixed questions with the number of their section."""
    return [
        (number, question)
        for number, block in enumerate(quiz.sections, 1)
        if block.block_type == "fixed"
        for question in block.value["questions"]
        if question
    ]
