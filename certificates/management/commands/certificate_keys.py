import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from certificates.keys import authority, changes, checking, clock, folder, roots
from certificates.keys.errors import NothingAhead, UnusableKey
from certificates.models import IssuerKey
from lms.core.models import Country


class Command(BaseCommand):
    help = "The keys that countries sign certificates with: makes, replaces, ends, lists and checks them."

    def add_arguments(self, parser: CommandParser):
        actions = parser.add_subparsers(dest="action", required=True)
        for name, does in (("create", "make the first key of a country"), ("rotate", "replace it: every two years")):
            action = actions.add_parser(name, help=does)
            action.add_argument("country", type=str.upper, help="two letters, like KE")
            action.add_argument("--root-key", type=Path, help="the root’s private key, where it is kept elsewhere")
        ends = (("retire", "it signs no more"), ("compromise", "it was stolen: only the register vouches for its work"))
        for name, does in ends:
            actions.add_parser(name, help=does).add_argument("kid", help="as list shows it")
        actions.add_parser("list", help="all keys that there ever were")
        actions.add_parser("check", help="say what is wrong; ends with 1 if something is")
        told = actions.add_parser("clock", help="say what is dated later than now, by a clock that ran ahead")
        told.add_argument("--accept", action="store_true", help="the clock is right now: sign again in spite of it")
        _root_arguments(actions.add_parser("root", help="the root that vouches for all countries"))

    def handle(self, *args, action, **options):
        try:
            getattr(self, f"do_{action}")(**options)
        except UnusableKey as error:
            raise CommandError(str(error)) from error
        except changes.HasKey as error:
            country = options["country"]
            raise CommandError(f"{country} has a key. To replace it: certificate_keys rotate {country}") from error

    def do_create(self, country, root_key, **options):
        self._made(changes.create(_country(country), _root(root_key)))

    def do_rotate(self, country, root_key, **options):
        old, new = changes.rotate(_country(country), _root(root_key))
        if old:
            self.stdout.write(f"Retired {old.kid} and deleted its private file. What it signed stays valid.")
        self._made(new)

    def do_retire(self, kid, **options):
        row = _ended(changes.retire, kid)
        self.stdout.write(
            f"Retired {kid} of {row.country_id} and deleted its private file. What it signed stays valid."
        )
        self._next(row)

    def do_compromise(self, kid, **options):
        row = _ended(changes.compromise, kid)
        self.stdout.write(
            f"Marked {kid} of {row.country_id} as compromised and deleted its private file. Certificates in the "
            "register stay what they are; squares that it signed are no longer believed offline."
        )
        self._next(row)

    def do_list(self, **options):
        rows = IssuerKey.objects.select_related("country")
        for row in rows:
            self.stdout.write(f"{row.country_id}  {row.kid}  {_life(row)}")
        lacking = Country.objects.exclude(pk__in=[row.country_id for row in rows]).order_by("pk")
        if codes := ", ".join(lacking.values_list("pk", flat=True)):
            self.stdout.write(f"No key yet: {codes}")

    def do_check(self, **options):
        faults = checking.faults()
        for sentence in faults:
            self.stderr.write(sentence)
        for sentence in checking.warnings():
            self.stdout.write(f"Note: {sentence}")
        self.stdout.write(f"{len(faults)} wrong in {folder.place()}.")
        if faults:
            sys.exit(1)

    def do_clock(self, accept, **options):
        now, ahead = timezone.now(), clock.drawn_ahead()
        self.stdout.write(f"The server’s clock says {now:%Y-%m-%d %H:%M} UTC.")
        for key in clock.keys_ahead():
            self.stdout.write(f"{key.kid} was made in the future. Run: certificate_keys rotate {key.country_id}")
        if accept:
            _accept()
            self.stdout.write("Noted in the audit log: it is right. What is blocked goes on within minutes.")
        if newest := ahead.first():
            self.stdout.write(f"{ahead.count()} certificates carry a later date, up to {newest.drawn_at:%Y-%m-%d}.")
            if clock.went_back():
                self.stdout.write("Set it right if it is wrong. If it is right, run: certificate_keys clock --accept")
        for certificate in ahead.standing():
            self.stdout.write(f"To be withdrawn by HR and issued anew: {certificate} ({certificate.country_code})")

    def do_root(self, what, name, path, **options):
        if what == "create":
            roots.make(name)
            self.stdout.write(f"Made {roots.certificate_file()} and {roots.key_file()}.")
            self._fingerprint()
            self.stdout.write("Move the second to a stick in a safe; certificate_keys create KE --root-key … needs it.")
        elif what == "import":
            roots.bring(_named(path))
            self.stdout.write(f"Copied to {roots.certificate_file()}. Keys are made with --root-key.")
        else:
            self._export(path)

    def _export(self, path: Path | None):
        pem = folder.pem(folder.certificate(roots.certificate_file()))
        if path is None:
            self.stdout.write(pem.decode(), ending="")
            return
        path.write_bytes(pem)
        self.stdout.write(f"Written to {path}. A ministry imports it in its PDF readers; /root.pem gives it too.")
        self._fingerprint()

    def _fingerprint(self):
        said = roots.fingerprint(folder.certificate(roots.certificate_file()))
        self.stdout.write(f"Its SHA-256 fingerprint, to be read out on the telephone: {said}")

    def _made(self, row: IssuerKey):
        path = folder.file_of(row.country_id, row.kid, row.is_development)
        self.stdout.write(f"Made {row.kid} for {row.country}. Private file: {path}")
        self.stdout.write(
            f"Replace it by {row.created_at + authority.USE:%Y-%m-%d}: certificate_keys rotate {row.country_id}"
        )

    def _next(self, row: IssuerKey):
        if not IssuerKey.objects.filter(country=row.country_id, retired_at=None, compromised_at=None).exists():
            self.stdout.write(
                f"{row.country} signs nothing now. For its next key: certificate_keys create {row.country_id}"
            )


def _root_arguments(parser: CommandParser) -> None:
    parser.add_argument("what", choices=("create", "import", "export"))
    parser.add_argument("path", nargs="?", type=Path, help="the certificate to import, or the file to export it to")
    parser.add_argument("--name", default=roots.ORGANISATION, help="of the issuer; nothing that says what is taught")


def _root(kept_at: Path | None) -> roots.Root:
    if not roots.certificate_file().exists():
        raise CommandError("There is no root. Run first: certificate_keys root create")
    return roots.existing(kept_at)


def _country(code: str) -> Country:
    try:
        return Country.objects.get(pk=code)
    except Country.DoesNotExist as error:
        known = ", ".join(Country.objects.order_by("pk").values_list("pk", flat=True))
        raise CommandError(f"{code} is none of the countries here: {known}.") from error


def _ended(end, kid: str) -> IssuerKey:
    try:
        return end(kid)
    except IssuerKey.DoesNotExist as error:
        raise CommandError(f"There is no key {kid}. See: certificate_keys list") from error
    except changes.AlreadyEnded as error:
        raise CommandError(f"The key {kid} has ended before. See: certificate_keys list") from error


def _accept() -> None:
    try:
        clock.accept()
    except NothingAhead as error:
        raise CommandError("No certificate is dated later than now, or all were accepted before.") from error


def _named(path: Path | None) -> Path:
    if path is None:
        raise CommandError("Say which file: certificate_keys root import root.pem")
    return path


def _life(row: IssuerKey) -> str:
    said = f"since {row.created_at:%Y-%m-%d}"
    if row.retired_at:
        said += f", retired {row.retired_at:%Y-%m-%d}"
    if row.compromised_at:
        said += f", compromised {row.compromised_at:%Y-%m-%d}"
    if not row.retired_at and not row.compromised_at:
        said += f", in use until {row.created_at + authority.USE:%Y-%m-%d}"
    return said + (", made by itself" if row.is_development else "")
