import sys

from django.core.management.base import BaseCommand, CommandError

from lms.core.audit.checking import check
from lms.core.models import Seal

MOST = 50


class Command(BaseCommand):
    help = (
        "Checks the audit log against its hash chain. Write the last line down elsewhere: given back with --expect, it "
        "shows whether the newest part was cut off. Ends with 1 where something is wrong."
    )

    def add_arguments(self, parser):
        parser.add_argument("--expect", metavar="NUMBER:HASH", help="a head that was written down before")

    def handle(self, *args, expect, **options):
        verdict = check(_read(expect))
        for fault in verdict.faults[:MOST]:
            self.stderr.write(fault)
        if len(verdict.faults) > MOST:
            self.stderr.write(f"… and {len(verdict.faults) - MOST} more.")
        self.stdout.write(f"{verdict.entries} entries in {verdict.seals} seals, {len(verdict.faults)} wrong.")
        self.stdout.write(f"Head: {_head(verdict.head)}")
        if verdict.faults:
            sys.exit(1)


def _head(seal: Seal | None) -> str:
    return f"{seal.number}:{seal.hash}" if seal else "none yet"


def _read(expect: str | None) -> tuple[int, str] | None:
    if not expect:
        return None
    number, _colon, hash_ = expect.partition(":")
    if not number.isdigit() or not hash_:
        raise CommandError("--expect takes a line as this command prints it: NUMBER:HASH")
    return int(number), hash_
