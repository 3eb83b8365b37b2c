"""A thousand awards at once: `python -m tests.bench.issue_many [how many]`.

A site of its own in a temporary folder (SQLite), or the empty database of DATABASE_URL; a server; two workers as
`./run` starts one. Prints how long until all are issued (drawn, signed, stored), then until all cards are, what one
costs in processor time, and what a learner waits for her page meanwhile. Exits 1 above the limit.
"""

import os
import signal
import statistics
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field

from . import crowd, pages

MANY, WORKERS, MOST_SECONDS = 1000, 2, 120
PAUSE = 0.25  # between two page views
PATIENCE = 3600


@dataclass
class Learner:
    """Somebody who reads while the workers draw."""

    port: int
    cookie: str
    path: str
    waited: list[float] = field(default_factory=list)
    reads: bool = True

    def read(self) -> None:
        while self.reads:
            begun = time.perf_counter()
            pages.fetch(self.port, self.path, {"Cookie": f"sessionid={self.cookie}"})
            self.waited.append((time.perf_counter() - begun) * 1000)
            time.sleep(PAUSE)

    def told(self) -> str:
        ordered = sorted(self.waited)
        p95 = ordered[int(len(ordered) * 0.95)]
        return (
            f"p50 {statistics.median(ordered):.0f} ms, p95 {p95:.0f} ms, worst {ordered[-1]:.0f} ms of {len(ordered)}"
        )


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # the server and the workers end with it
    many = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    with pages.site():
        crowd.fill(many, through=1, certified=False)
        cookie, paths = pages.make_learner()
        print(f"{many} people have finished, none has a certificate. Load before: {_load()}")
        with pages.server() as (port, _worker):
            print(f"  a learner’s home page, quiet: {_read(Learner(port, cookie, paths['home']), 5)}")
            return _measure(many, Learner(port, cookie, paths["home"]))


def _measure(many: int, learner: Learner) -> int:
    from certificates.models import Certificate

    with _workers() as workers, _reading(learner):
        begun = time.perf_counter()
        awarding = _award_all()
        issued = _wait(Certificate.objects.filter(drawn_at=None), begun)
        spent = _spent(workers)
        print(
            f"{many} issued after {issued:.0f} s (limit {MOST_SECONDS} s), {many / issued:.1f} a second; load {_load()}"
        )
        print(f"  awarding them took {awarding:.0f} s of that; {spent / many * 1000:.0f} ms of processor time each")
        cards = _wait(Certificate.objects.filter(card_sha256=""), begun)
        print(f"  all cards too after {cards:.0f} s; {(_spent(workers) - spent) / many * 1000:.0f} ms of it each")
    print(f"  a learner’s home page meanwhile: {learner.told()}")
    return int(issued > MOST_SECONDS)


def _award_all() -> float:
    """Each in a transaction of its own, as completions and HR's list do it."""
    from certificates.services import award_certificate
    from lms.learning.models import Enrolment

    begun = time.perf_counter()
    for enrolment in Enrolment.objects.exclude(completed_at=None):
        award_certificate(enrolment)
    return time.perf_counter() - begun


def _wait(open_ones, begun: float) -> float:
    while (seconds := time.perf_counter() - begun) < PATIENCE:
        if not open_ones.exists():
            return seconds
        time.sleep(0.5)
    raise SystemExit(f"{open_ones.count()} are still open after {seconds:.0f} s")


@contextmanager
def _workers():
    command = [sys.executable, "manage.py", "db_worker"]
    running = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(WORKERS)]
    try:
        yield running
    finally:
        for worker in running:
            worker.terminate()
        for worker in running:
            worker.wait()


@contextmanager
def _reading(learner: Learner):
    thread = threading.Thread(target=learner.read)
    thread.start()
    try:
        yield
    finally:
        learner.reads = False
        thread.join()


def _read(learner: Learner, seconds: int) -> str:
    with _reading(learner):
        time.sleep(seconds)
    return learner.told()


def _spent(workers: list[subprocess.Popen]) -> float:
    """Seconds of processor time of all of them."""
    return sum(pages.cpu(worker.pid) for worker in workers) / 1e9


def _load() -> str:
    return " ".join(f"{load:.1f}" for load in os.getloadavg())


if __name__ == "__main__":
    sys.exit(main())
