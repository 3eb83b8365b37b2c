"""The key that a country signs with now. The row is asked each time, so a rotation counts at once in every process."""

import logging
from collections.abc import Callable
from typing import NoReturn

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.core.models import Country

from ..models import IssuerKey
from . import changes, clock
from .errors import ClockWentBack, NoKey, UnusableKey
from .loading import SigningKey, load

logger = logging.getLogger(__name__)


def signing_key(country_code: str) -> SigningKey:
    """Raises NoKey or ClockWentBack, with a sentence for HR. The first key is made by itself where settings say so."""
    return _active(country_code, _first, check_clock)


def existing_key(country_code: str) -> SigningKey:
    """For whoever may only read: raises NoKey where there is none, whatever settings and the clock say."""
    return _active(country_code, _none, lambda row: None)


def _active(country_code: str, otherwise: Callable[[str], IssuerKey], check: Callable[[IssuerKey], None]) -> SigningKey:
    row = IssuerKey.objects.filter(country=country_code, retired_at=None, compromised_at=None).first()
    try:
        row = row or otherwise(country_code)
        check(row)
        return load(row)
    except UnusableKey as error:
        if row and _has_ended(row):  # between the two lines above: its file is gone, and the next one is there
            return _active(country_code, otherwise, check)
        logger.error("nothing can be signed for %s: %s", country_code, error)
        reason = _("The key of %(country)s cannot be used. Ask the administrator to run: certificate_keys check")
        raise NoKey(reason % {"country": _named(country_code)}) from error


def _first(country_code: str) -> IssuerKey:
    country = Country.objects.filter(pk=country_code).first()
    if country is None or not settings.MAKE_CERTIFICATE_KEYS:
        _none(country_code)
    return changes.create_by_itself(country)


def _none(country_code: str) -> NoReturn:
    reason = _("%(country)s has no key. Ask the administrator to run: certificate_keys create %(code)s")
    raise NoKey(reason % {"country": _named(country_code), "code": country_code})


def _has_ended(row: IssuerKey) -> bool:
    return not IssuerKey.objects.filter(pk=row.pk, retired_at=None, compromised_at=None).exists()


def _named(country_code: str) -> str:
    return Country.objects.filter(pk=country_code).values_list("name", flat=True).first() or country_code


def check_clock(row: IssuerKey) -> None:
    """Raises ClockWentBack: a signature may not state a time before the newest that there is."""
    if row.created_at > timezone.now() + clock.MAY_DIFFER or clock.went_back():
        raise ClockWentBack(
            _("The server’s clock is behind the newest signature. Ask the administrator to run: certificate_keys clock")
        )
