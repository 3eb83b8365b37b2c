"""`./run demo` as a person uses it: it starts, serves, ends, and starts again without touching what is there."""

import hashlib
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from django.conf import settings

ROOT = Path(settings.ROOT)
CHANGES_BY_ITSELF = {"cache", "django_session", "django_tasks_database_dbtaskresult"}


@pytest.fixture
def demo(tmp_path):
    """start() runs the demo on a free port with data of its own and waits until it says how to end it."""
    started = []

    def start():
        port = _free_port()
        environment = _environment(tmp_path) | {"PORT": str(port)}
        output = (tmp_path / f"output-{len(started)}").open("w+")
        process = subprocess.Popen(
            [ROOT / "run", "demo"], env=environment, stdout=output, stderr=output, start_new_session=True
        )
        started.append(process)
        _wait_until(lambda: "Ctrl-C" in Path(output.name).read_text() or process.poll() is not None, seconds=600)
        assert process.poll() is None, Path(output.name).read_text()
        return process, port, Path(output.name)

    yield start
    for process in started:
        if _alive(process.pid):
            os.killpg(process.pid, signal.SIGKILL)


def test_demo_serves_ends_everything_and_starts_again_as_it_was(demo, tmp_path):
    process, port, output = demo()
    assert "Loading" in output.read_text()
    assert f"http://localhost:{port}" in output.read_text()
    assert "administrator" in output.read_text()
    assert _wait_until(lambda: _get(port, "/healthz")[0] == 200, seconds=180)
    assert json.loads(_get(port, "/healthz")[1]) == dict.fromkeys(["database", "storage", "migrations", "worker"], "ok")
    assert _get(port, "/en/sign-in/")[0] == 200
    database = tmp_path / "data" / "db.sqlite3"
    _do_all_that_is_due(database, tmp_path)
    _press_ctrl_c(process)
    _tick(tmp_path)
    before = _tables(database)

    process, port, output = demo()
    assert not any(done in output.read_text() for done in ("Installing", "Preparing", "Collecting", "Loading"))
    assert _get(port, "/en/sign-in/")[0] == 200
    _press_ctrl_c(process)
    after = _tables(database)
    assert [name for name in before if before[name] != after[name]] == []


def test_demo_says_when_its_port_is_taken(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "lms.settings.test",
            "PORT": str(other.getsockname()[1]),
            "DATA_DIR": str(tmp_path),
            "VENV_DIR": sys.prefix,
        }
        found = subprocess.run([ROOT / "run", "serve"], env=environment, capture_output=True, text=True)
    assert found.returncode == 1
    assert "Choose another" in found.stderr


def test_demo_names_the_packages_that_an_ordinary_user_must_ask_for(tmp_path):
    for name, answer in {"dpkg-query": "exit 1", "id": "echo 1000"}.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{answer}\n")
        (tmp_path / name).chmod(0o755)
    environment = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}", "DATA_DIR": str(tmp_path / "data")}
    found = subprocess.run([ROOT / "run", "demo"], env=environment, capture_output=True, text=True)
    assert found.returncode == 1
    assert found.stderr.count("\n") == 1
    assert "sudo apt-get install --no-install-recommends" in found.stderr
    assert "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in found.stderr
    assert not (tmp_path / "data").exists()


def _environment(folder: Path) -> dict[str, str]:
    kept = {"PATH", "HOME", "LANG"} | {name for name in os.environ if name.startswith(("PIP_", "UV_", "SSL_"))}
    environment = {name: value for name, value in os.environ.items() if name in kept}
    return environment | {"DATA_DIR": str(folder / "data"), "VENV_DIR": sys.prefix}


def _do_all_that_is_due(database: Path, folder: Path):
    """The tasks, the minute's work that follows from them, and its tasks: a slow machine may be in the midst of any."""
    assert _wait_until(lambda: _tasks_are_done(database), seconds=600)
    _tick(folder)
    assert _wait_until(lambda: _tasks_are_done(database), seconds=600)


def _tick(folder: Path):
    subprocess.run([ROOT / "run", "manage", "tick"], env=_environment(folder), check=True)


def _press_ctrl_c(process):
    """What a terminal does: the signal reaches every process of the group. Nothing may stay behind."""
    os.killpg(process.pid, signal.SIGINT)
    process.wait(timeout=120)
    assert _alive(process.pid) == []


def _alive(session: int) -> list[str]:
    """The processes of a session that still run: `pid (name) state parent group session …`."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            name, _, rest = path.read_text().rpartition(") ")
            state, _parent, _group, its_session, *_ = rest.split()
            if state != "Z" and int(its_session) == session:
                found.append(name)
    return found


def _wait_until(happened, *, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not (result := happened()) and time.monotonic() < end:
        time.sleep(0.2)
    return bool(result)


def _get(port: int, path: str) -> tuple[int, str]:
    try:
        with urlopen(f"http://localhost:{port}{path}", timeout=20) as response:
            return response.status, response.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def _tasks_are_done(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as database:
        tasks = "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status IN ('READY', 'RUNNING')"
        return database.execute(tasks).fetchone() == (0,)


def _tables(path: Path) -> dict[str, str]:
    """Each table's rows as one hash, but for what changes by itself."""
    database = sqlite3.connect(path)
    names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    rows = {name: sorted(map(repr, database.execute(f'SELECT * FROM "{name}"'))) for name in names}
    return {
        name: hashlib.sha256("\n".join(lines).encode()).hexdigest()
        for name, lines in rows.items()
        if name not in CHANGES_BY_ITSELF
    }
