"""One message to many: begin it with a choice of people; write it; send it; cancel what has not left."""

import hashlib
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task
from django_tasks_db.models import DBTaskResult
from wagtail.log_actions import log

from lms.core.models import PlatformSettings
from lms.messaging.kinds import Kind
from lms.messaging.services import Letter, cancel_batch, send_all

from .messages import address_of
from .models import Broadcast, User
from .permissions import SEE_A_COUNTRY, holds, people_visible_to

KIND = Kind("broadcast", _("Message to many"), ("subject", "words"), lambda: ("{subject}", "{words}"), free=True)
AT_ONCE = 200
KEEP_DRAFTS = timedelta(days=7)
PATIENCE = timedelta(minutes=10)


class NoWords(Exception):
    """There is nothing written yet."""


class WordsChanged(Exception):
    """What she read before she confirmed is not what would be sent."""


class IsSent(Exception):
    """It has been confirmed already, or was cancelled."""


def may_write_to_many(user: User) -> bool:
    """HR, leads and trainers, of a country or a site."""
    return holds(user, *SEE_A_COUNTRY)


def broadcasts_for(user: User) -> QuerySet[Broadcast]:
    """Her own; all of them for an administrator; none once she may not write to many any more."""
    if user.is_superuser:
        return Broadcast.objects.all()
    return Broadcast.objects.filter(by=user) if may_write_to_many(user) else Broadcast.objects.none()


def broadcast_for(user: User, pk: UUID) -> Broadcast:
    """One of them, or 404."""
    try:
        return broadcasts_for(user).get(pk=pk)
    except Broadcast.DoesNotExist as error:
        raise Http404 from error


def begin_broadcast(by: User, people: QuerySet[User] | Iterable[UUID]) -> Broadcast:
    """A message without words yet for those of these people whom `by` may see; go on at `staff_broadcasts:write`.

    Nothing leaves before she confirms. Raises PermissionDenied where her posting is none to write from.
    """
    if not may_write_to_many(by):
        raise PermissionDenied
    chosen = people if isinstance(people, QuerySet) else User.objects.filter(pk__in=list(people))
    keys = people_visible_to(by).filter(pk__in=chosen.order_by().values("pk")).order_by("pk")
    keys = [str(key) for key in keys.values_list("pk", flat=True)]
    return Broadcast.objects.create(by=by, people=keys, people_count=len(keys))


@transaction.atomic
def write_broadcast(broadcast: Broadcast, *, subject: str, words: str) -> Broadcast:
    """Keep what she wrote. Raises IsSent."""
    broadcast = _locked(broadcast.pk)
    if broadcast.sent_at or broadcast.cancelled_at:
        raise IsSent
    broadcast.subject, broadcast.words = subject, words
    broadcast.save(update_fields=["subject", "words"])
    return broadcast


def digest_of(broadcast: Broadcast) -> str:
    """What she read before she confirmed."""
    return hashlib.sha256(f"{broadcast.subject}\n{broadcast.words}".encode()).hexdigest()


@transaction.atomic
def send_broadcast(broadcast: Broadcast, *, by: User, expected: str) -> Broadcast:
    """Confirm it: a task writes each person's message. A second call changes nothing.

    `expected` is the digest of what she read. Raises NoWords, WordsChanged, and IsSent where it was cancelled.
    """
    broadcast = _locked(broadcast.pk)
    if broadcast.cancelled_at:
        raise IsSent
    if broadcast.sent_at:
        return broadcast
    if not broadcast.words:
        raise NoWords
    if digest_of(broadcast) != expected:
        raise WordsChanged
    broadcast.sent_at = timezone.now()
    broadcast.save(update_fields=["sent_at"])
    log(broadcast, "people.broadcast", user=by, title=by.staff_number, data={"people": broadcast.people_count})
    run_broadcast.enqueue(str(broadcast.pk))
    return broadcast


@transaction.atomic
def cancel_broadcast(broadcast: Broadcast, *, by: User) -> int:
    """Stop it and take out what has not left; returns how many messages that were. Idempotent."""
    broadcast = _locked(broadcast.pk)
    if not broadcast.cancelled_at:
        broadcast.cancelled_at = timezone.now()
        broadcast.save(update_fields=["cancelled_at"])
        log(broadcast, "people.cancel_broadcast", user=by, title=by.staff_number)
    return cancel_batch(broadcast.pk)


@task()
def run_broadcast(broadcast_id: str) -> int:
    """Running it twice, or again after a kill, writes to each person once; returns how many messages it wrote."""
    written = 0
    while (some := _write_some(UUID(broadcast_id))) is not None:
        written += some
    return written


def resume_broadcasts() -> None:
    """For the tick: one that is not through after a while was killed; it goes on, unless its task waits."""
    enqueued = {result.args_kwargs["args"][0] for result in _waiting_tasks()}
    stopped = Broadcast.objects.filter(sent_at__lt=timezone.now() - PATIENCE, finished_at=None, cancelled_at=None)
    for key in stopped.values_list("pk", flat=True):
        if str(key) not in enqueued:
            run_broadcast.enqueue(str(key))


def forget_broadcasts() -> None:
    """For the tick: drafts that nobody sent; the words of old ones and whom they were for, as their messages'."""
    now = timezone.now()
    Broadcast.objects.filter(sent_at=None, made_at__lt=now - KEEP_DRAFTS).delete()
    before = now - timedelta(days=PlatformSettings.load().keep_messages_days)
    Broadcast.objects.filter(made_at__lt=before).exclude(words="").update(subject="", words="", people=[])


@transaction.atomic
def _write_some(pk: UUID) -> int | None:
    """The next people's messages, and how far it is, in one transaction: neither is without the other."""
    broadcast = _locked(pk)
    if broadcast.finished_at or broadcast.cancelled_at or not broadcast.sent_at:
        return None
    keys = broadcast.people[broadcast.done_count :][:AT_ONCE]
    letters = [_letter(broadcast, person) for person in people_to_reach(broadcast, keys) if address_of(person)]
    send_all(KIND.name, letters, batch=broadcast.pk)
    broadcast.done_count += len(keys)
    if broadcast.done_count >= len(broadcast.people):
        broadcast.finished_at = timezone.now()
    broadcast.save(update_fields=["done_count", "finished_at"])
    return len(letters)


def people_to_reach(broadcast: Broadcast, keys: list[str]) -> QuerySet[User]:
    """Of these, whom its sender may see at this moment, and who have not left."""
    by = broadcast.by
    if by is None or not by.is_active or not may_write_to_many(by):
        return User.objects.none()
    return people_visible_to(by).filter(pk__in=keys, is_active=True)


def _letter(broadcast: Broadcast, person: User) -> Letter:
    channel, address = address_of(person)
    context = {"subject": broadcast.subject, "words": broadcast.words}
    return Letter(channel, address, person.language, person.country_id, person.pk, context)


def _locked(pk: UUID) -> Broadcast:
    return Broadcast.objects.select_for_update(of=("self",)).select_related("by").get(pk=pk)


def _waiting_tasks() -> QuerySet[DBTaskResult]:
    return DBTaskResult.objects.ready().filter(task_path=run_broadcast.module_path)
