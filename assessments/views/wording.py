"""The sentences of a result: what it came to, what comes next, and what was changed in it later."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import reveal
from ..models import Attempt, Purpose, Remark
from ..passing import Next

CHANGED = (Remark.Effect.RAISED, Remark.Effect.PASSED, Remark.Effect.LOWERED, Remark.Effect.FLAGGED)


@dataclass(frozen=True)
class NextTry:
    """When she may try again: how many tries are left (None: not counted), and why she cannot start one now."""

    left: int | None = None
    reason: Exception | None = None


def sentence(attempt: Attempt, then: Next, next_try: NextTry, person) -> str:
    """What the score means, and when the next try is."""
    words = _meaning(attempt, then, next_try, person)
    if not attempt.by_clock:
        return words
    when = date_format(localtime(attempt.handed_in_at), "H:i")
    return f"{_('The time was over at %(when)s: what you had answered counts.') % {'when': when}} {words}"


def _meaning(attempt: Attempt, then: Next, next_try: NextTry, person) -> str:
    if attempt.purpose == Purpose.PRE_TEST:
        return _("This was only to see what you know already. Now the lessons begin.")
    if attempt.purpose == Purpose.POST_TEST:
        return gained(attempt, reveal.before(attempt))
    if then == Next.COMPLETE:
        return _well_done(attempt, person)
    if then == Next.PUT_RIGHT:
        return ngettext(
            "One ★ safety question is still to be put right. Then this quiz is complete.",
            "%(count)s ★ safety questions are still to be put right. Then this quiz is complete.",
            len(attempt.to_put_right),
        ) % {"count": len(attempt.to_put_right)}
    return f"{_('%(needed)s right would pass.') % {'needed': attempt.needed}} {_try_again(next_try)}"


def _well_done(attempt: Attempt, person) -> str:
    words = _("Well done, %(name)s.") % {"name": person.get_short_name()}
    stars = any(item["critical"] for item in attempt.paper) and not attempt.is_practice
    return f"{words} {_('All safety questions right.')}" if stars else words


def _try_again(next_try: NextTry) -> str:
    if next_try.left is None:
        return _("See below what is right, then try again as often as you like.")
    tries = ngettext("%(count)s try is left.", "%(count)s tries are left.", next_try.left) % {"count": next_try.left}
    if next_try.reason:
        said = f"{_('Read the cards below.')} {next_try.reason}"
        return f"{said} {tries}" if next_try.left else said
    return f"{_('Read the cards below, then try again: you can do it today.')} {tries}"


def gained(after: Attempt, before: Attempt | None) -> str:
    """A post-test beside her pre-test, in kind words."""
    if before is None:
        return _("This shows what you have learned.")
    now, then = after.score / len(after.paper), before.score / len(before.paper)
    if now > then:
        return _("You know more now than before the lessons. Well done.")
    if now == then:
        return _("You knew as much before the lessons. The cards below can still add to it.")
    return _("Some days are like that. What you knew is not lost: read the cards below once more.")


# What was changed later -----------------------------------------------------------------------------------------------


def remarks(attempt: Attempt, *, with_reason: bool) -> list[str]:
    """What regrades changed in this result. The reason may name the key: only where she may see it."""
    changed = attempt.remarks.filter(effect__in=CHANGED).select_related("regrade").order_by("pk")
    return [_remark(remark, with_reason=with_reason) for remark in changed]


def _remark(remark: Remark, *, with_reason: bool) -> str:
    words = _("A question of this quiz was corrected on %(date)s. Your score was %(before)s; now it is %(after)s.") % {
        "date": date_format(localtime(remark.regrade.made_at), "j F Y"),
        "before": reveal.points_in_words(remark.score_before),
        "after": reveal.points_in_words(remark.score_after),
    }
    reason = _("The reason: %(reason)s") % {"reason": remark.regrade.reason} if with_reason else ""
    return " ".join(part for part in (words, _effect(remark), reason) if part)


def _effect(remark: Remark) -> str:
    return {
        Remark.Effect.PASSED: _("With it you passed."),
        Remark.Effect.LOWERED: _("What you passed stays passed.") if remark.attempt.passed_at else "",
        Remark.Effect.FLAGGED: _("HR looks at it and will talk with you. Nothing is taken from you before."),
    }.get(remark.effect, "")
