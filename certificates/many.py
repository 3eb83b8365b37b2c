"""One change to many certificates: a few at once, more in tasks, so that no page waits. Each is done or left out."""

from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django_tasks import task

from lms.people.models import User

from . import services
from .models import Certificate
from .permissions import certificates_changed_by

AT_ONCE = 20
CHUNK = 100


def _confirm(certificate: Certificate, by: User) -> bool:
    services.confirm_certificate(certificate, by=by)
    return True


def _try_again(certificate: Certificate, by: User) -> bool:
    return services.try_again(certificate, by=by)


def _issue_anew(certificate: Certificate, by: User) -> bool:
    services.issue_anew(certificate, by=by)
    return True


VERBS: dict[str, Callable[[Certificate, User], bool]] = {
    "confirm": _confirm,
    "again": _try_again,
    "anew": _issue_anew,
}
LEFT_OUT = (
    services.NotStanding,
    services.NothingToChange,
    services.StillSpecimen,
    services.ResultTakenBack,
    services.CannotReplace,
)


def change(verb: str, keys: list[UUID], by: User) -> int | None:
    """How many were changed; None: they are so many that tasks go through them now."""
    if len(keys) <= AT_ONCE:
        return change_now(verb, [str(key) for key in keys], by)
    with transaction.atomic():
        for start in range(0, len(keys), CHUNK):
            change_many.enqueue(verb, [str(key) for key in keys[start : start + CHUNK]], str(by.pk))
    return None


@task()
def change_many(verb: str, keys: list[str], by: str) -> int:
    """Running it twice changes once. What a kill leaves undone stays in the list that it was ticked in."""
    return change_now(verb, keys, User.objects.get(pk=by))


def change_now(verb: str, keys: list[str], by: User) -> int:
    """Whether she still may is asked again. One that was withdrawn or changed meanwhile is left out."""
    rows = certificates_changed_by(by).filter(pk__in=keys).order_by("awarded_on", "code")
    return sum(_changed(verb, certificate, by) for certificate in list(rows))


def _changed(verb: str, certificate: Certificate, by: User) -> bool:
    try:
        return VERBS[verb](certificate, by)
    except LEFT_OUT:
        return False
