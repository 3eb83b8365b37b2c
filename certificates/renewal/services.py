"""Opening renewals: by the holder herself, or by who keeps or teaches her country."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from curriculum.models import ProgrammePage
from lms.core.zones import zone_of
from lms.learning.models import Enrolment
from lms.learning.renewing import renew
from lms.people.models import User

from ..models import Certificate
from .policies import policy_of, window_of
from .queries import renewable


class NotRenewable(Exception):
    """Withdrawn, replaced, renewed, a specimen, not issued; or its holder has left, or its programme is gone."""


class Elsewhere(Exception):
    """She is in another country now: its own programme certifies her."""


class OutOfWindow(Exception):
    """Too early, or after the grace; the argument is the Window."""


@transaction.atomic
def open_renewal(certificate: Certificate, *, by: User, practicals: Collection[UUID] | None = None) -> Enrolment:
    """The cycle that renews a certificate, in its window or its grace. It asks for what `learning.renewing` says.

    `practicals`: keys of those to be watched again; None for all of the programme. Raises NotRenewable, Elsewhere,
    OutOfWindow, and AlreadyEnrolled where one is open.
    """
    User.objects.select_for_update().filter(pk=certificate.holder_id).first()
    certificate = renewable(Certificate.objects.filter(pk=certificate.pk)).select_related("holder__country").first()
    if certificate is None:
        raise NotRenewable
    if certificate.holder.country_id != certificate.country_code:
        raise Elsewhere
    window = window_of(certificate)
    if not window.may_renew(timezone.localdate(timezone=zone_of(certificate.country_code))):
        raise OutOfWindow(window)
    programme, refresher = pages_of(certificate)
    if programme is None:
        raise NotRenewable
    due_on = window.grace_until
    return renew(certificate.holder, programme, refresher=refresher, practicals=practicals, due_on=due_on, by=by)


def pages_of(certificate: Certificate) -> tuple[ProgrammePage | None, ProgrammePage | None]:
    """The programme and its refresher, as written; None for one that was taken down."""
    keys = (certificate.programme_key, policy_of(certificate).refresher_key)
    pages = ProgrammePage.objects.live().filter(locale__language_code="en", translation_key__in=[k for k in keys if k])
    found = {page.translation_key: page for page in pages}
    refresher = found.get(keys[1])
    return found.get(keys[0]), refresher if refresher and refresher.is_refresher else None
