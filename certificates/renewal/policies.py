"""The windows of many certificates: all policies are read once, there are as many as programmes and countries."""

from uuid import UUID

from lms.core.models import Country

from ..models import Certificate, CertificatePolicy
from .windows import Window, window


class Policies:
    """One query, at the first question."""

    def __init__(self):
        self._found: dict[tuple[UUID, str | None], CertificatePolicy] | None = None

    def of(self, certificate: Certificate) -> CertificatePolicy:
        """The country's own, else the programme's, else the defaults (not saved)."""
        if self._found is None:
            rows = CertificatePolicy.objects.all()
            self._found = {(row.programme_key, row.country_id): row for row in rows}
        key = certificate.programme_key
        found = self._found.get((key, certificate.country_code)) or self._found.get((key, None))
        return found or CertificatePolicy(programme_key=key)

    def window(self, certificate: Certificate) -> Window:
        policy = self.of(certificate)
        return window(certificate.valid_until, policy.renewal_days, policy.grace_days)


def policy_of(certificate: Certificate) -> CertificatePolicy:
    country = Country(pk=certificate.country_code)
    return CertificatePolicy.objects.for_programme(certificate.programme_key, country)


def window_of(certificate: Certificate) -> Window:
    policy = policy_of(certificate)
    return window(certificate.valid_until, policy.renewal_days, policy.grace_days)
