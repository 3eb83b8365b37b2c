import sys

from django.core.management.base import BaseCommand, CommandError

from certificates.chain import checking, register
from certificates.models import CertificateSeal

MOST = 50


class Command(BaseCommand):
    help = (
        "Checks the register of certificates: its hash chain, and that each row, snapshot and stored file says what "
        "its events vouch for. Write the last line down elsewhere: given back with --expect, it shows whether the "
        "newest part was cut off. Ends with 1 where something is wrong."
    )

    def add_arguments(self, parser):
        parser.add_argument("--expect", metavar="NUMBER:HASH", help="a head that was written down before")
        parser.add_argument("--no-files", action="store_true", help="do not open the stored files: much quicker")

    def handle(self, *args, expect, no_files, **options):
        verdict = checking.check(_read(expect))
        for _certificate, faults in register.faults(files=not no_files):
            verdict.certificates += 1
            verdict.faults += faults
        for fault in verdict.faults[:MOST]:
            self.stderr.write(fault)
        if len(verdict.faults) > MOST:
            self.stderr.write(f"… and {len(verdict.faults) - MOST} more.")
        counted = f"{verdict.certificates} certificates, {verdict.events} events in {verdict.seals} seals"
        self.stdout.write(f"{counted}, {len(verdict.faults)} wrong.")
        self.stdout.write(f"Head: {_head(verdict.head)}")
        if verdict.faults:
            sys.exit(1)


def _head(seal: CertificateSeal | None) -> str:
    return f"{seal.number}:{seal.hash}" if seal else "none yet"


def _read(expect: str | None) -> tuple[int, str] | None:
    if not expect:
        return None
    number, _colon, hash_ = expect.partition(":")
    if not number.isdigit() or not hash_:
        raise CommandError("--expect takes a line as this command prints it: NUMBER:HASH")
    return int(number), hash_
