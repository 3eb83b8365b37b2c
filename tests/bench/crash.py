"""Workers that are killed while they issue: `python -m tests.bench.crash [how many] [how often]`.

A site of its own in a temporary folder (SQLite on a file). People finish; a worker as `./run` starts one draws, signs
and stores; it is killed by SIGKILL in the middle, again and again, each time another one takes over. What a lost task
left is swept. At the end each certificate and each card must be there exactly once. Exits 1 where that is not so.
"""

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

MANY, KILLS = 200, 5
ROOT = Path(__file__).parent.parent.parent
DRAWN = "SELECT count(*) FROM certificates_certificate WHERE drawn_at IS NOT NULL"
PATIENCE = 3600
WORKER = ("-c", "import django; django.setup(); from tests.bench.crash_worker import main; main()")


def main() -> int:
    many, kills = [int(given) for given in sys.argv[1:3]] + [MANY, KILLS][len(sys.argv[1:3]) :]
    with tempfile.TemporaryDirectory() as folder:
        migrate(folder)
        begun = time.monotonic()
        found = issue(Path(folder), many, kills)
        print(f"{many} certificates, {kills} workers killed, {time.monotonic() - begun:.0f} s: {found}")
    return 0 if found == once(many) else 1


def migrate(folder) -> None:
    _python(folder, "-m", "django", "migrate", "-v", "0")


def once(many: int) -> dict[str, int]:
    return {"certificates": many, "drawn": many, "cards": many, "files": 2 * many, "faults": 0}


def issue(folder: Path, many: int, kills: int) -> dict[str, int]:
    """How many there are of each in the end. `folder` holds a migrated database."""
    for kill in range(kills):
        mode = ["fill", str(many)] if kill == 0 else ["work"]
        _killed_after(folder, mode, many * (kill + 1) // (kills + 1))
    _python(folder, *WORKER, "finish")
    return _counted(folder)


def _killed_after(folder: Path, mode: list[str], drawn: int) -> None:
    """By the number that are drawn: it has begun the next one by then."""
    worker = subprocess.Popen([sys.executable, *WORKER, *mode], env=environment(folder), cwd=ROOT)
    until = time.monotonic() + PATIENCE
    while _one(folder, DRAWN) < drawn and time.monotonic() < until:
        if worker.poll() is not None:
            raise RuntimeError("the worker ended by itself")
        time.sleep(0.05)
    worker.send_signal(signal.SIGKILL)
    worker.wait()


def _counted(folder: Path) -> dict[str, int]:
    events = "SELECT count(*) FROM certificates_certificateevent WHERE kind = '{}'"
    return {
        "certificates": _one(folder, DRAWN),
        "drawn": _one(folder, events.format("drawn")),
        "cards": _one(folder, events.format("card_drawn")),
        "files": len(list((folder / "private" / "certificates").iterdir())),
        "faults": _python(folder, "-m", "django", "register_check"),
    }


def _one(folder: Path, sql: str) -> int:
    with closing(sqlite3.connect(folder / "db.sqlite3", timeout=20)) as database:
        return database.execute(sql).fetchone()[0]


def _python(folder, *arguments: str) -> int:
    """Its exit code."""
    return subprocess.run([sys.executable, *arguments], env=environment(folder), cwd=ROOT).returncode


def environment(folder) -> dict[str, str]:
    settings = {"DJANGO_SETTINGS_MODULE": "lms.settings.dev", "DATA_DIR": str(folder), "LOG_LEVEL": "ERROR"}
    return {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | settings


if __name__ == "__main__":
    sys.exit(main())
