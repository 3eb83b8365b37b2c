"""A migrated SQLite database, made once per set of migrations and copied for each test session.

A file and not memory, so that each thread of the live server has a connection of its own, as on a real site.
"""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterable
from contextlib import contextmanager
from importlib.metadata import distributions
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

FOLDER = Path(settings.DATA_DIR) / "test-database"
PACKAGES = ("lms", "curriculum", "assessments", "certificates")
WRITES_ON_MIGRATE = ("migrations/*.py", "apps.py", "groups.py", "wagtail_hooks.py")  # hooks: what roles may do


def use_copy(place: Path) -> None:
    """Make a copy in the folder `place` the default database: it holds everything that migrations create."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with _alone():
        template = _migrated()
        _use(shutil.copy(template, place / "db.sqlite3"))
        connection._test_serialized_contents = template.with_suffix(".json").read_text()


def _migrated() -> Path:
    path = FOLDER / f"{_fingerprint()}.sqlite3"
    if not path.exists():
        for old in [*FOLDER.glob("*.sqlite3"), *FOLDER.glob("*.json")]:
            old.unlink()
        _migrate(path)
    return path


def _migrate(path: Path) -> None:
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    _use(str(unfinished))
    call_command("migrate", verbosity=0, interactive=False)
    path.with_suffix(".json").write_text(connection.creation.serialize_db_to_string())
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    os.replace(unfinished, path)


def _use(name: str) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def _fingerprint() -> str:
    """Changes with every file that a migration runs and with every installed version."""
    files = [path for package in PACKAGES for path in _files(Path(settings.ROOT) / package)]
    contents = {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    installed = sorted(f"{package.name}=={package.version}" for package in distributions())
    return hashlib.sha256(json.dumps([contents, installed], sort_keys=True).encode()).hexdigest()[:16]


def _files(package: Path) -> Iterable[Path]:
    return [path for pattern in WRITES_ON_MIGRATE for path in package.rglob(pattern)]


@contextmanager
def _alone():
    """One process at a time, so that two workers do not both migrate."""
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
