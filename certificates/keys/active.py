"""The key that a country signs with now. The row is asked each time, so a rotation counts at once in every process."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import NoReturn

from django.conf import settings
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.core.models import Country

from ..models import Certificate, IssuerKey
from . import changes
from .errors import ClockWentBack, NoKey, UnusableKey
from .loading import SigningKey, load

MAY_DIFFER = timedelta(minutes=5)  # two servers' clocks

logger = logging.getLogger(__name__)


def signing_key(country_code: str) -> SigningKey:
    """Raises NoKey or ClockWentBack, with a sentence for HR. The first key is made by itself where settings say so."""
    return _active(country_code, _first)


def existing_key(country_code: str) -> SigningKey:
    """For whoever may only read: raises NoKey where there is none, whatever settings say, or ClockWentBack."""
    return _active(country_code, _none)


def _active(country_code: str, otherwise: Callable[[str], IssuerKey]) -> SigningKey:
    row = IssuerKey.objects.filter(country=country_code, retired_at=None, compromised_at=None).first()
    try:
        row = row or otherwise(country_code)
        check_clock(row)
        return load(row)
    except UnusableKey as error:
        if row and _has_ended(row):  # between the two lines above: its file is gone, and the next one is there
            return _active(country_code, otherwise)
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
    newest = Certificate.objects.aggregate(newest=Max("drawn_at"))["newest"]
    latest = max(row.created_at, newest or row.created_at)
    if timezone.now() < latest - MAY_DIFFER:
        raise ClockWentBack(
            _("The server’s clock has gone back. Ask the administrator to set it right, then try again.")
        )
