"""Which of a programme's two titles a person wants to have printed: on the next ones, or on one that she holds."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from lms.people.models import User

from .. import services
from ..models import Certificate, CertificateEvent, TitleChoice

MOST_A_DAY = 3


class TooOften(Exception):
    """She has had several printed anew today: each takes a number of the register."""


def choose_title(person: User, own_title: bool) -> TitleChoice:
    """For her next certificates. Those she holds stay as they are."""
    return TitleChoice.objects.update_or_create(person=person, defaults={"own_title": own_title})[0]


@transaction.atomic
def print_title(certificate: Certificate, own_title: bool, *, by: User) -> Certificate:
    """As services.change_title, by its holder herself: at most some a day. Raises TooOften and as that."""
    User.objects.select_for_update().get(pk=by.pk)
    since = timezone.now() - timedelta(days=1)
    hers = CertificateEvent.objects.filter(kind=CertificateEvent.Kind.SUPERSEDED, by=by, at__gt=since)
    if hers.filter(certificate__holder=by).count() >= MOST_A_DAY:
        raise TooOften
    return services.change_title(certificate, own_title, by=by)
