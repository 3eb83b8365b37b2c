"""Typed readers of the environment: the only place that looks at it. Every variable is in the README's table."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.exceptions import ImproperlyConfigured
from environ import Env

ROOT = Path(__file__).resolve().parents[2]
_env = Env()


def text(name: str, default: str) -> str:
    return _env.str(name, default)


def needed(name: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"Set {name}: the site does not start without it.")
    return value


def flag(name: str, default: bool) -> bool:
    return _env.bool(name, default)


def words(name: str, default: list[str]) -> list[str]:
    return _env.list(name, default=default)


def number(name: str, default: int) -> int:
    try:
        return _env.int(name, default)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number, not «{os.environ[name]}».") from error


def folder(name: str, default: Path) -> Path:
    """A folder that exists: made on first use."""
    path = Path(_env.str(name, str(default))).resolve()
    path.mkdir(parents=True, exist_ok=True)
    return path


def database(data_dir: Path) -> dict:
    """DATABASE_URL, or SQLite in DATA_DIR. Immediate transactions: readers that write never meet a locked database."""
    config = _env.db_url("DATABASE_URL", default=f"sqlite:///{data_dir / 'db.sqlite3'}")
    if config["ENGINE"].endswith("sqlite3"):
        synchronous = text("SQLITE_SYNCHRONOUS", "NORMAL")
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": f"PRAGMA journal_mode=WAL;PRAGMA synchronous={synchronous};"
            "PRAGMA mmap_size=134217728;PRAGMA cache_size=-20000",
        }
        config["CONN_MAX_AGE"] = 60
    else:
        config["OPTIONS"] = config.get("OPTIONS", {}) | {
            "pool": {"min_size": 1, "max_size": 4},
            "options": "-c jit=off",  # compiling a report takes longer than running it: 1.7 s against 0.4
        }
    return config


def secret(path: Path, name: str = "") -> str:
    """The variable, or a random key kept in a file of mode 0600, made on first use."""
    if name and os.environ.get(name):
        return os.environ[name]
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        # Written aside and linked: of several processes that start at once, one wins, and none reads half a key.
        with NamedTemporaryFile("w", dir=path.parent) as draft:
            draft.write(secrets.token_urlsafe(48))
            draft.flush()
            with suppress(FileExistsError):
                os.link(draft.name, path)
    return path.read_text()
