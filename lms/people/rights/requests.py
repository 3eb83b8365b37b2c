"""Her wishes about her data, and HR's answers. Each is written into the audit log."""

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from ..models import DataRequest, User
from . import erasing

Kind = DataRequest.Kind


class AskedBefore(Exception):
    """A wish of this kind waits already."""


class Decided(Exception):
    """The wish was answered or withdrawn before."""


class OwnWish(Exception):
    """Nobody answers her own wish."""


@transaction.atomic
def ask(person: User, kind: str, words: str = "") -> DataRequest:
    """Put a wish before HR. Raises AskedBefore: one of a kind waits at a time."""
    person = User.objects.select_for_update().get(pk=person.pk)
    if open_requests(person).filter(kind=kind).exists():
        raise AskedBefore
    wish = DataRequest.objects.create(person=person, kind=kind, words=words)
    _log(wish, "people.ask", person)
    return wish


@transaction.atomic
def withdraw(wish: DataRequest) -> DataRequest:
    """She changed her mind. Raises Decided."""
    wish = _waiting(wish)
    wish.withdrawn_at = timezone.now()
    wish.save(update_fields=["withdrawn_at"])
    _log(wish, "people.withdraw_wish", wish.person)
    return wish


@transaction.atomic
def decide(wish: DataRequest, *, by: User, granted: bool, answer: str) -> DataRequest:
    """HR's answer, in words for her. A granted erasure is carried out here and now, and the words go with it.

    Raises Decided or OwnWish.
    """
    wish = _waiting(wish)
    if wish.person_id == by.pk:
        raise OwnWish
    wish.granted, wish.answer, wish.decided_by, wish.decided_at = granted, answer, by, timezone.now()
    wish.save(update_fields=["granted", "answer", "decided_by", "decided_at"])
    _log(wish, "people.answer_wish", by, granted=granted)
    if granted and wish.kind == Kind.ERASE:
        erasing.erase_person(wish.person, by=by)
    return wish


def open_requests(person: User):
    return person.data_requests.filter(decided_at=None, withdrawn_at=None)


def _waiting(wish: DataRequest) -> DataRequest:
    wish = DataRequest.objects.select_for_update().get(pk=wish.pk)
    if wish.decided_at or wish.withdrawn_at:
        raise Decided
    return wish


def _log(wish: DataRequest, action: str, by: User, **data) -> None:
    log(wish.person, action, user=by, title=wish.person.staff_number, data={"wish": wish.kind} | data)
