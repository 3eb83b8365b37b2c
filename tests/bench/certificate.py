"""How long a certificate takes to draw and how heavy it is: `python -m tests.bench.certificate`.

Processor time of this process, warm: fonts and style sheet are read once, as in a worker. Exits 1 above the limits.
"""

import cProfile
import os
import pstats
import statistics
import sys
import time

import django

ROUNDS, WARM_UPS = 100, 5
MOST_MS, MOST_KB = 160, 60
# Function and file as the profiler names them → what it is to us.
STAGES = {
    ("_html", "drawing.py"): "words into the template, QR symbol",
    ("__init__", "weasyprint/__init__.py"): "HTML parsed",
    ("_render", "document.py"): "styled and laid out",
    ("draw_background_image", "draw/__init__.py"): "ornaments drawn",
    ("paint", "document.py"): "page painted, ornaments included",
    ("build_fonts_dictionary", "pdf/fonts.py"): "fonts cut down and embedded",
    ("write", "pydyf/__init__.py"): "file written",
}


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.test")
    django.setup()
    from certificates import drawing
    from tests.factories.certificates import make_snapshot

    names = [f"Thandiwe Phiri {number:03}" for number in range(ROUNDS)]
    within = []
    for design in drawing.DESIGNS:
        snapshots = [make_snapshot(name=name, design={"base": design}) for name in names]
        within.append(_measure(design, drawing.draw, snapshots))
    return int(not all(within))


def _measure(design: str, draw, snapshots: list[dict]) -> bool:
    for snapshot in snapshots[:WARM_UPS]:
        draw(snapshot)
    times, sizes = zip(*(_drawn(draw, snapshot) for snapshot in snapshots), strict=True)
    median, heaviest = statistics.median(times), max(sizes) / 1000
    print(f"«{design.title()}», PDF/A-3a and PDF/UA-1, {ROUNDS} drawn: median {median:.0f} ms of processor time")
    print(f"  fastest {min(times):.0f} ms, slowest {max(times):.0f} ms (limit {MOST_MS} ms)")
    print(f"  heaviest {heaviest:.1f} kB (limit {MOST_KB} kB)")
    _say_where_time_goes(draw, snapshots[:20])
    return median <= MOST_MS and heaviest <= MOST_KB


def _drawn(draw, snapshot: dict) -> tuple[float, int]:
    begun = time.process_time()
    pdf = draw(snapshot)
    return (time.process_time() - begun) * 1000, len(pdf)


def _say_where_time_goes(draw, snapshots: list[dict]) -> None:
    profile = cProfile.Profile(time.process_time)
    for snapshot in snapshots:
        profile.runcall(draw, snapshot)
    stats = pstats.Stats(profile).stats
    whole = max(row[3] for row in stats.values())
    print("Where the time goes (profiled, so slower; parts overlap):")
    for (function, file), name in STAGES.items():
        spent = sum(row[3] for (path, _, called), row in stats.items() if called == function and path.endswith(file))
        print(f"  {spent / whole:5.0%}  {name}")


if __name__ == "__main__":
    sys.exit(main())
