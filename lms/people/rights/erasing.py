"""The erasure of a person: what names her goes, in every app and at once; a record without a name stays."""

from functools import partial

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail import hooks
from wagtail.log_actions import log
from wagtail.models import APIToken
from wagtail.users.models import UserProfile

from lms.messaging.erasing import forget_about

from .. import limits
from ..groups import synchronise_groups
from ..models import Broadcast, Departure, Merge, Selection, User

NAMES = {"given_names": "Erased", "family_name": "record"}  # in the data, so not translated
EMPTY = {"phone": "", "email": "", "sex": "", "job": "", "hr_number": "", "face": ""}
NOTHING = {"birth_year": None, "employer": None, "phone_verified_at": None, "last_login": None}


class ErasedBefore(Exception):
    """There is nothing left of her to erase."""


@transaction.atomic
def erase_person(person: User, *, by: User | None = None) -> dict[str, int]:
    """Erase what all apps hold about a person, and about the records that were merged into hers.

    The staff number stays: it is drawn at random, and the audit log speaks by it. `by` is None where a rule did it.
    Returns what went, kind → how many. Raises ErasedBefore.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.erased_at:
        raise ErasedBefore
    gone: dict[str, int] = {}
    for record in [*person.merged_records.select_for_update().filter(erased_at=None), person]:
        _add(gone, _erase_record(record))
    log(person, "people.erase", user=by, title=person.staff_number, data=gone)
    return gone


def erase_rows_of_people(person: User) -> dict[str, int]:
    """The part of lms.people and lms.messaging: how she signed in, what she asked, what she was told."""
    return {
        "messages": forget_about(person.pk),
        "sign_ins": _forget_sign_ins(person),
        "wishes": person.data_requests.update(words="", answer=""),
        "lists": person.saved_views.all().delete()[0],
        "files": sum(
            _drop_file(row) for row in Selection.objects.filter(picked__person=person).exclude(file="").distinct()
        ),
        "broadcasts": sum(_leave_out(row, person) for row in _sent_to(person)),
    }


def _erase_record(record: User) -> dict[str, int]:
    """The hooks first: they may need her name to find it elsewhere."""
    gone: dict[str, int] = {}
    for hook in hooks.get_hooks("erase_person"):
        _add(gone, hook(record))
    today = timezone.localdate()
    record.postings.filter(starts_on__gt=today).delete()
    record.postings.not_over().update(ends_on=today)
    synchronise_groups(record)
    record.groups.clear()
    record.departures.update(reason=Departure.Reason.OTHER)
    Merge.objects.filter(kept=record).update(why="")
    Merge.objects.filter(gone=record).update(why="")
    _empty(record)
    return gone


def _empty(record: User) -> None:
    for name, value in (NAMES | EMPTY | NOTHING).items():
        setattr(record, name, value)
    record.is_active, record.is_superuser, record.erased_at = False, False, timezone.now()
    record.set_unusable_password()
    record.save()


def _forget_sign_ins(person: User) -> int:
    """Sessions, browsers, codes, keys and the tries that are counted by her number."""
    sessions = UserSession.objects.filter(user=person)
    Session.objects.filter(session_key__in=list(sessions.values_list("session_key", flat=True))).delete()
    limits.elsewhere(person.staff_number).clear()
    rows = [sessions, person.devices, person.one_time_codes, person.support_codes]
    rows += [model.objects.filter(user=person) for model in (Authenticator, EmailAddress, APIToken)]
    for profile in UserProfile.objects.filter(user=person):
        profile.avatar.delete(save=False)
        profile.delete()
    return sum(found.all().delete()[0] for found in rows)


def _sent_to(person: User) -> list[Broadcast]:
    """The key as text: no database of ours but one looks into lists."""
    as_text = Broadcast.objects.annotate(keys=Cast("people", TextField()))
    return list(as_text.filter(keys__contains=str(person.pk)))


def _leave_out(row: Broadcast, person: User) -> bool:
    """A task may be going through the list: whoever came before where it stands moves its place."""
    row = Broadcast.objects.select_for_update().get(pk=row.pk)
    key = str(person.pk)
    row.done_count -= key in row.people[: row.done_count]
    row.people = [other for other in row.people if other != key]
    row.save(update_fields=["people", "done_count"])
    return True


def _drop_file(row: Selection) -> bool:
    """A ZIP with her certificate in it, before its day is over; it leaves the store when this is committed."""
    transaction.on_commit(partial(row.file.storage.delete, row.file.name))
    row.file = ""
    row.save(update_fields=["file"])
    return True


def _add(counts: dict[str, int], more: dict[str, int]) -> None:
    for kind, count in more.items():
        counts[kind] = counts.get(kind, 0) + count
