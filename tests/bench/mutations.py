"""Ten thousand random changes of a signed certificate: `python -m tests.bench.mutations [how many] [seed]`.

Each is judged as an upload is, the parser beside it in this process; every hundredth in a process of its own, as the
site does it. Prints the verdicts by kind of change. Exits 1 where one is called genuine, one crashes or one hangs.
"""

import hashlib
import os
import random
import signal
import sys
import time
from collections import Counter
from types import SimpleNamespace

import django

MANY, SEED = 10_000, 2026
REALLY = 100  # one in so many by the site's own way
SECONDS = 20


class Hangs(BaseException):
    """No parser's `except Exception` swallows it."""


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.test")
    django.setup()
    many, seed = (int(word) for word in (*sys.argv[1:], *(MANY, SEED)[len(sys.argv) - 1 :]))
    chance, begun = random.Random(seed), time.monotonic()
    signal.signal(signal.SIGALRM, _stop)
    pdf = _prepare()
    table = Counter()
    for number in range(many):
        table[_judged(pdf, chance, really=number % REALLY == 0)] += 1
        if number % 1000 == 999:
            print(f"{number + 1} of {many}", file=sys.stderr)
    _print(table)
    wrong = sum(count for (_, verdict), count in table.items() if verdict in ("genuine", "CRASHED", "HANGS"))
    print(f"{many} mutations, seed {seed}, in {time.monotonic() - begun:.0f} s: {wrong} genuine, crashed or hanging")
    return int(bool(wrong))


def _prepare() -> bytes:
    """A signed certificate whose hash and key the register knows. The register is three rows in memory."""
    from django.utils import timezone

    from certificates.keys import folder
    from certificates.paper import drawing
    from certificates.proof import judging, signing
    from tests.factories.certificates import make_snapshot
    from tests.factories.keys import make_key

    key = make_key()
    pdf = signing.sign(drawing.draw(make_snapshot()), key, timezone.now())
    row = SimpleNamespace(
        certificate=folder.pem(key.certificate).decode(),
        chain=folder.pem(key.chain[-1]).decode(),
        created_at=timezone.now(),
    )
    judging.Certificate = _Register(hashlib.sha256(pdf).hexdigest())
    judging.IssuerKey = SimpleNamespace(objects=SimpleNamespace(filter=lambda **wanted: [row]))
    assert judging.judge(pdf).state == "genuine"
    return pdf


class _Register:
    """Instead of the table: knows one hash."""

    def __init__(self, sha256: str):
        self.sha256, self.objects = sha256, self

    def filter(self, wanted):
        known = any(value == self.sha256 for _name, value in wanted.children)
        return SimpleNamespace(first=lambda: "the certificate" if known else None)


def _judged(pdf: bytes, chance: random.Random, *, really: bool) -> tuple[str, str]:
    from certificates.proof import judging
    from tests.certificates import tampering

    kind, changed = tampering.mutated(pdf, chance)
    if changed == pdf:
        return kind, "left as it was"
    by_site = judging._inspected
    if not really:
        judging._inspected = tampering.inspected_here
    signal.alarm(SECONDS * 3 if really else SECONDS)
    try:
        return kind, str(judging.judge(changed).state.value)
    except Hangs:
        return kind, "HANGS"
    except Exception as error:
        print(kind, repr(error))
        return kind, "CRASHED"
    finally:
        signal.alarm(0)
        judging._inspected = by_site


def _stop(number, frame):
    raise Hangs


def _print(table: Counter) -> None:
    verdicts = sorted({verdict for _, verdict in table})
    print(f"{'':28}" + "".join(f"{verdict:>16}" for verdict in verdicts))
    for kind in sorted({kind for kind, _ in table}):
        print(f"{kind:28}" + "".join(f"{table[kind, verdict]:>16}" for verdict in verdicts))


if __name__ == "__main__":
    sys.exit(main())
