"""What a holder reads of her certificates: where each stands, whether she may renew it, which title it prints."""

from dataclasses import dataclass
from datetime import date

from lms.people.models import User

from .models import Certificate
from .permissions import certificates_of
from .renewal import with_renewal
from .renewal.policies import Policies
from .renewal.queries import to_renew
from .renewal.windows import Phase, Window
from .standings import Standing, standing

IN_FORCE = (Standing.VALID, Standing.EXPIRED)


@dataclass(frozen=True)
class Held:
    """`renewing`: a renewal is open. `newer`: a later one of the same programme was issued."""

    certificate: Certificate
    standing: Standing
    window: Window
    phase: Phase
    may_renew: bool
    newer: bool

    @property
    def renewing(self) -> bool:
        return self.certificate.renewal_in_progress and not self.newer and self.is_in_force

    @property
    def is_in_force(self) -> bool:
        """Issued, and neither withdrawn nor replaced: a file is there for her."""
        return self.standing in IN_FORCE and not self.certificate.is_erased

    @property
    def is_old(self) -> bool:
        return self.newer or self.standing == Standing.SUPERSEDED

    @property
    def has_card(self) -> bool:
        return self.is_in_force and bool(self.certificate.card_sha256)

    @property
    def prints_own_title(self) -> bool:
        programme = self.certificate.payload.snapshot["programme"]
        return programme["printed_title"] == programme["title"]

    @property
    def other_title(self) -> str:
        """The title that it could print instead; nothing where both read alike or it is not in force."""
        if not self.is_in_force or self.newer:
            return ""
        programme = self.certificate.payload.snapshot["programme"]
        titles = {programme["title"], programme["neutral_title"]} - {programme["printed_title"]}
        return next(iter(titles), "")


def held_by(person: User, today: date) -> list[Held]:
    """Newest first. A fixed number of queries."""
    certificates = list(with_renewal(certificates_of(person)))
    policies, renewable = Policies(), {row.pk for row, _window in to_renew(person, today)}
    found: list[Held] = []
    issued: set = set()
    for row in certificates:
        window, there = policies.window(row), standing(row, today)
        newer = row.programme_key in issued
        found.append(Held(row, there, window, window.phase(today), row.pk in renewable, newer))
        if there in IN_FORCE and not row.specimen:
            issued.add(row.programme_key)
    return found
