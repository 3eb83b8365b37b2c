"""Two records of one person become one: every certificate stays, and she holds them all. The register is permanent."""

from django.utils.translation import gettext_lazy

from lms.people.merging import Rows, move_all
from lms.people.models import User

from .models import Certificate

ROWS = (Rows(gettext_lazy("certificates"), Certificate, "holder"),)
STAYS = {
    "certificates.CertificateEvent.by": "It says who did something: the register keeps it as it was written.",
    "certificates.BulkCheck.by": "It lasts a day and is about others.",
}


def move(kept: User, gone: User) -> dict[str, int]:
    return move_all(ROWS, kept, gone)


def rows() -> tuple[Rows, ...]:
    return ROWS


def stays() -> dict[str, str]:
    return STAYS
