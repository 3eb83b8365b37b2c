"""Why a learner cannot start a quiz: exceptions named after the reason, whose text is said to her."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop


def moment(at: datetime) -> str:
    """«Tuesday 3 March, 10:00», in the site's time zone."""
    return date_format(timezone.localtime(at), "l j F, H:i")


class MayNotStart(Exception):
    """Why she cannot start now. Its text is said to her; `until` is when she can, where that is known."""

    words = ""

    def __init__(self, until: datetime | None = None):
        super().__init__(until)
        self.until = until

    def __str__(self):
        return _(self.words) % {"time": moment(self.until) if self.until else ""}


class NothingToAsk(MayNotStart):
    """No question of this quiz is for the learner's country."""

    words = gettext_noop("No question of this quiz is for your country. Tell your trainer.")


class QuestionsWait(NothingToAsk):
    """Every question of this practice may be asked by a certifying quiz that she has before her."""

    words = gettext_noop("You can practise these questions when you have passed the quiz that asks them.")


class NotOpenYet(MayNotStart):
    """The quiz opens later."""

    words = gettext_noop("This quiz opens on %(time)s.")


class Closed(MayNotStart):
    """The quiz's time is over."""

    words = gettext_noop("This quiz is closed. Talk with your trainer.")


class NoTriesLeft(MayNotStart):
    """All tries are used: a trainer talks with the learner and opens another."""

    words = gettext_noop(
        "All your tries are used. Talk with your trainer: she can open another one. What you have learned is kept."
    )


class TooSoon(MayNotStart):
    """The quiz wants some hours between two tries."""

    words = gettext_noop("You can try again from %(time)s.")
