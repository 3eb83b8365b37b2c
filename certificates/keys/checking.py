"""What is wrong with the keys, in sentences for the administrator that say what to do."""

import os
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from django.conf import settings
from django.utils import timezone

from ..models import IssuerKey
from . import active, authority, clock, folder
from .errors import ClockWentBack, UnusableKey
from .loading import read

SOON = timedelta(days=60)


def faults() -> list[str]:
    """What must be mended: each of these stops signing, or may give a key away."""
    rows = _active()
    found = [*exposed(), *_misplaced(rows), *_strangers(rows)]
    for row in rows:
        found += [*_unusable(row), *_too_long(row)]
    return found


def warnings() -> list[str]:
    """What works today, and should not stay so."""
    now = timezone.now()
    said = [*made_by_themselves(), *kept_with_data()]
    for row in _active():
        if now < row.created_at + authority.USE < now + SOON:
            said.append(f"{row.kid} of {row.country_id} is to be replaced by {_day(row)}. {_rotate(row)}")
    if (folder.place() / "root.key").exists():
        said.append(
            f"The root’s private key lies in {folder.place()}. Keep it on a stick in a safe, and give it with "
            "--root-key when a key is made."
        )
    if ahead := clock.drawn_ahead().standing().count():
        said.append(f"{ahead} certificates carry a date in the future. See: certificate_keys clock")
    return said


def exposed() -> list[str]:
    """Folder and files that others on this machine may read. Asks no database."""
    place = folder.place()
    if not place.exists():
        return []
    wanted = [(place, 0o700), *((path, 0o600) for path in sorted(place.glob("*.key")))]
    return [
        f"{path} has mode {_mode(path):04o}, so others can read it. Run: chmod {mode:o} {path}"
        for path, mode in wanted
        if _mode(path) & 0o077
    ]


def made_by_themselves() -> list[str]:
    """Asks no database: the files' names say so."""
    countries = sorted({path.name[:2] for path in folder.place().glob("??-*.development.key")})
    if not countries:
        return []
    return [
        f"These countries’ keys were made by themselves, good for trying out only: {', '.join(countries)}. Run "
        "certificate_keys root create, then certificate_keys rotate for each."
    ]


def kept_with_data() -> list[str]:
    """Asks no database: the files' names say whether people rely on these keys, or settings that they are to."""
    place = folder.place().resolve()
    relied_on = any(".development." not in path.name for path in folder.place().glob("??-*.key"))
    for_trying_out = settings.MAKE_CERTIFICATE_KEYS and not relied_on
    if for_trying_out or not place.is_relative_to(Path(settings.DATA_DIR).resolve()):
        return []
    return [
        f"{place} lies in DATA_DIR: a backup of that takes the private keys along, and whoever has it can sign. Move "
        "the folder elsewhere and set CERTIFICATE_KEYS."
    ]


def _active() -> list[IssuerKey]:
    rows = IssuerKey.objects.filter(retired_at=None, compromised_at=None)
    return list(rows.select_related("country").order_by("country"))


def _misplaced(rows: list[IssuerKey]) -> list[str]:
    """Keys that people rely on are apart from what is deployed, served or stored."""
    place = folder.place().resolve()
    told = [
        f"{place} lies in {name}. Move the folder elsewhere and set CERTIFICATE_KEYS."
        for name, around in (("MEDIA_ROOT", settings.MEDIA_ROOT), ("STATIC_ROOT", settings.STATIC_ROOT))
        if place.is_relative_to(Path(around).resolve())
    ]
    relied_on = any(not row.is_development for row in rows)
    if relied_on and place.is_relative_to(settings.ROOT):
        told.append(f"{place} lies among the code. Move the folder elsewhere and set CERTIFICATE_KEYS.")
    return told


def _strangers(rows: list[IssuerKey]) -> list[str]:
    known = {folder.file_of(row.country_id, row.kid, row.is_development) for row in rows}
    found = {path for path in folder.place().glob("*.key") if not path.name.startswith("root.")}
    return [f"{path} belongs to no key in use. If nothing else needs it, delete it." for path in sorted(found - known)]


def _unusable(row: IssuerKey) -> list[str]:
    try:
        read(row)
        active.check_clock(row)
    except (UnusableKey, ClockWentBack) as error:
        return [f"{row.country_id}: {error}"]
    return []


def _too_long(row: IssuerKey) -> list[str]:
    now = timezone.now()
    certificate = x509.load_pem_x509_certificate(row.certificate.encode())
    if certificate.not_valid_after_utc < now:
        return [f"The certificate of {row.kid} of {row.country_id} has ended. {_rotate(row)}"]
    if row.created_at + authority.USE <= now:
        return [f"{row.kid} of {row.country_id} was to be replaced by {_day(row)}. {_rotate(row)}"]
    return []


def _rotate(row: IssuerKey) -> str:
    return f"Run: certificate_keys rotate {row.country_id}"


def _day(row: IssuerKey) -> str:
    return f"{row.created_at + authority.USE:%Y-%m-%d}"


def _mode(path: Path) -> int:
    return os.stat(path).st_mode & 0o777
