"""Whether the server's clock may date a signature. One that ran ahead leaves dates behind that nothing can catch up
with: an administrator sets them aside, and the audit log keeps that."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from ..models import Certificate, CertificateEvent, IssuerKey
from .errors import NothingAhead

MAY_DIFFER = timedelta(minutes=5)  # two servers' clocks
ACCEPTED = "certificates.accept_clock"


def drawn_ahead() -> QuerySet[Certificate]:
    """Those that say they were drawn later than now, the farthest first."""
    return Certificate.objects.filter(drawn_at__gt=timezone.now() + MAY_DIFFER).order_by("-drawn_at")


def keys_ahead() -> QuerySet[IssuerKey]:
    """Those in use that are not valid yet: only another key helps."""
    in_use = IssuerKey.objects.filter(retired_at=None, compromised_at=None)
    return in_use.filter(created_at__gt=timezone.now() + MAY_DIFFER).order_by("country")


def went_back() -> bool:
    """Now is before the newest drawing, those left out that were set aside, or before the moment when they were."""
    ahead = drawn_ahead()
    if not ahead.exists():
        return False
    accepted = ModelLogEntry.objects.filter(action=ACCEPTED).order_by("-pk").first()
    if accepted is None or accepted.timestamp > timezone.now() + MAY_DIFFER:
        return True
    since = {"events__kind": CertificateEvent.Kind.DRAWN, "events__pk__gt": accepted.data["last_event"]}
    return ahead.filter(**since).exists()


@transaction.atomic
def accept() -> None:
    """The clock is right now: what is dated later, up to this moment, holds up no signature. Raises NothingAhead."""
    if not went_back():
        raise NothingAhead
    ahead = drawn_ahead()
    newest = ahead[0]
    last_event = CertificateEvent.objects.aggregate(last=Max("pk"))["last"]
    data = {"newest": newest.drawn_at.isoformat(), "certificates": ahead.count(), "last_event": last_event}
    log(newest, ACCEPTED, data=data)
