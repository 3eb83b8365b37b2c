"""How long a certificate takes to make and how heavy it is: `python -m tests.bench.certificate`.

Credential, drawing and signature, as a worker makes them: processor time of this process, warm, so that fonts, style
sheets, ornaments and the key are there already. The wallet card separately. Exits 1 above the limits.
"""

import cProfile
import os
import pstats
import statistics
import sys
import time
from datetime import UTC, datetime

import django

ROUNDS, WARM_UPS = 100, 5
MOST_MS, MOST_KB = 200, 60
INDEX = 77_777
# Function and file as the profiler names them → what it is to us.
STAGES = {
    ("make", "certificates/proof/credential.py"): "credential: name committed to, signed",
    ("_html", "certificates/paper/drawing.py"): "words fitted and written into the page",
    ("symbol", "certificates/paper/qr.py"): "square worked out",
    ("_build_layout_context", "weasyprint/document.py"): "HTML styled",
    ("layout_document", "layout/__init__.py"): "laid out",
    ("paint", "weasyprint/document.py"): "painted, ornaments and square included",
    ("build_fonts_dictionary", "pdf/fonts.py"): "fonts cut down and embedded",
    ("add_tags", "pdf/tags.py"): "tagged",
    ("write", "pydyf/__init__.py"): "file compressed and written",
    ("sign", "certificates/proof/pades.py"): "signed",
}


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.test")
    django.setup()
    from certificates.designs import DESIGNS
    from certificates.designs.look import SIZES
    from certificates.paper import card, drawing

    papers = [(base, orientation, drawing) for base in DESIGNS for orientation in SIZES]
    papers += [("hem", "landscape", card)]
    within = [_measure(*paper) for paper in papers]
    return int(not all(within))


def _measure(base: str, orientation: str, drawer) -> bool:
    from tests.factories.certificates import make_snapshot

    design, make = {"base": base, "orientation": orientation}, _maker(drawer)
    snapshots = [make_snapshot(name=f"Thandiwe Phiri {number:03}", design=design) for number in range(ROUNDS)]
    for snapshot in snapshots[:WARM_UPS]:
        make(snapshot)
    times, sizes = zip(*(_timed(make, snapshot) for snapshot in snapshots), strict=True)
    median, heaviest = statistics.median(times), max(sizes) / 1000
    what = "Wallet card" if drawer.__name__.endswith("card") else f"«{base.title()}», {orientation}"
    print(f"{what}: {ROUNDS} made, median {median:.0f} ms of processor time (limit {MOST_MS})")
    print(f"  fastest {min(times):.0f} ms, slowest {max(times):.0f} ms; heaviest {heaviest:.1f} kB (limit {MOST_KB})")
    if orientation == "landscape":
        _say_where_time_goes(make, snapshots[:20])
    return median <= MOST_MS and heaviest <= MOST_KB


def _maker(drawer):
    """From a snapshot to the signed file, with a key that a country would have."""
    from certificates.proof import credential, signing
    from tests.factories.keys import make_key

    key, at = make_key(("ZM", "Zambia"), datetime(2026, 11, 14, tzinfo=UTC)), datetime(2026, 11, 15, tzinfo=UTC)

    def make(snapshot: dict) -> bytes:
        return signing.sign(drawer.draw(snapshot, credential.make(snapshot, key, 1, INDEX)), key, at)

    return make


def _timed(make, snapshot: dict) -> tuple[float, int]:
    begun = time.process_time()
    pdf = make(snapshot)
    return (time.process_time() - begun) * 1000, len(pdf)


def _say_where_time_goes(make, snapshots: list[dict]) -> None:
    profile = cProfile.Profile(time.process_time)
    for snapshot in snapshots:
        profile.runcall(make, snapshot)
    stats = pstats.Stats(profile).stats
    whole = max(row[3] for row in stats.values())
    print("Where the time goes (profiled, so slower; parts overlap):")
    for (function, file), name in STAGES.items():
        spent = sum(row[3] for (path, _, called), row in stats.items() if called == function and path.endswith(file))
        print(f"  {spent / whole:5.0%}  {name}")


if __name__ == "__main__":
    sys.exit(main())
