"""How long personal data is kept. One table: what, how long, and what then; other rooms add rules by `retention_rules`.

The rules of `by_tick` are carried out by their own room each minute and stand here so that the table is whole.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from allauth.usersessions.models import UserSession
from dateutil.relativedelta import relativedelta
from django.core.cache import cache
from django.core.management import call_command
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail import hooks

from lms.core.models import PlatformSettings
from lms.messaging.models import Message
from lms.messaging.services import forget_old_messages

from .. import broadcasts, devices, selections
from ..models import Broadcast, DataRequest, Device, OneTimeCode, Selection, SupportCode, User
from ..whereabouts.sessions import forget_old_sessions
from .erasing import ErasedBefore, erase_person

WISHES = relativedelta(years=2)
SUPPORT = timedelta(days=30)
TASKS = timedelta(days=14)  # as prune_db_task_results has it

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Rule:
    """`due` finds what is older than it may be; `carry_out` takes it away and says how much that was."""

    what: str
    after: str
    due: Callable[[], QuerySet]
    carry_out: Callable[[], int | None]
    by_tick: bool = False


def rules() -> list[Rule]:
    """The table. In it, «setting» is a field of the platform settings in the admin."""
    return [
        Rule("people who left: erased", "setting keep_leavers_years", leavers, erase_leavers),
        Rule("words of answered wishes: emptied", "2 years", old_wishes, empty_wishes),
        Rule("support codes: deleted", "30 days", old_support, lambda: old_support().delete()[0]),
        Rule("one-time codes: deleted", "setting keep_sign_ins_days", old_codes, lambda: old_codes().delete()[0]),
        Rule("sign-ins: deleted", "setting keep_sign_ins_days", old_sign_ins, forget_old_sessions, True),
        Rule("browsers of a person: deleted", "400 days unused", old_devices, devices.forget_old_devices, True),
        Rule("words of messages: emptied", "setting keep_messages_days", old_messages, forget_old_messages, True),
        Rule("words to many: emptied", "setting keep_messages_days", old_letters, broadcasts.forget_broadcasts, True),
        Rule("lists that were ticked, files: deleted", "7 days", old_lists, selections.forget_selections, True),
        Rule("finished tasks: deleted", "14 days", old_tasks, prune_tasks, True),
        *(rule for hook in hooks.get_hooks("retention_rules") for rule in hook()),
    ]


def apply_daily() -> None:
    """For the tick: once a day, by whichever process comes first."""
    if cache.add(f"retention:{timezone.localdate()}", True, timedelta(days=2).total_seconds()):
        for rule in rules():
            if not rule.by_tick:
                rule.carry_out()


def leavers() -> QuerySet[User]:
    """Who left, has not come back, and whose years are over: the last of them is still kept."""
    years = PlatformSettings.load().keep_leavers_years
    before = timezone.localdate() - relativedelta(years=years)
    gone = User.objects.filter(departures__rejoined_on=None, departures__left_on__lt=before, is_active=False)
    return gone.filter(erased_at=None, merged_into=None)


def erase_leavers() -> int:
    """One at a time; one that fails is logged by her number and stops none of the others."""
    return sum(_erased(person) for person in leavers().iterator(chunk_size=100))


def old_wishes() -> QuerySet[DataRequest]:
    before = timezone.now() - WISHES
    over = DataRequest.objects.filter(Q(decided_at__lt=before) | Q(withdrawn_at__lt=before))
    return over.exclude(words="", answer="")


def empty_wishes() -> int:
    return old_wishes().update(words="", answer="")


def old_support() -> QuerySet[SupportCode]:
    return SupportCode.objects.filter(made_at__lt=timezone.now() - SUPPORT)


def old_codes() -> QuerySet[OneTimeCode]:
    """Open ones too: each runs out after two weeks, and is no longer open after these days."""
    return OneTimeCode.objects.filter(expires_at__lt=_sign_ins_before())


def old_sign_ins() -> QuerySet[UserSession]:
    return UserSession.objects.filter(last_seen_at__lt=_sign_ins_before())


def old_devices() -> QuerySet[Device]:
    return Device.objects.filter(last_used_at__lt=timezone.now() - devices.LIFETIME)


def old_messages() -> QuerySet[Message]:
    return Message.objects.filter(created_at__lt=_messages_before()).exclude(address="")


def old_letters() -> QuerySet[Broadcast]:
    return Broadcast.objects.filter(made_at__lt=_messages_before()).exclude(words="")


def old_lists() -> QuerySet[Selection]:
    return Selection.objects.filter(made_at__lt=timezone.now() - selections.SELECTION_STAYS)


def old_tasks() -> QuerySet[DBTaskResult]:
    return DBTaskResult.objects.finished().filter(finished_at__lte=timezone.now() - TASKS)


def prune_tasks() -> None:
    call_command("prune_db_task_results", verbosity=0)


def _sign_ins_before():
    return timezone.now() - timedelta(days=PlatformSettings.load().keep_sign_ins_days)


def _messages_before():
    return timezone.now() - timedelta(days=PlatformSettings.load().keep_messages_days)


def _erased(person: User) -> bool:
    try:
        erase_person(person)
    except ErasedBefore:
        return False
    except Exception:
        logger.exception("%s could not be erased", person.staff_number)
        return False
    return True
