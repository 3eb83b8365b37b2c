from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from lms.core import health

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_tick_just_ran():
    health.tick_ran()


def test_health_is_ok_when_all_parts_are(client):
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"database": "ok", "storage": "ok", "migrations": "ok", "worker": "ok"}
    assert response["Cache-Control"] == "no-store"


def test_health_answers_any_host_and_sets_no_cookie(client):
    response = client.get("/healthz", headers={"host": "10.0.0.7"})
    assert response.status_code == 200
    assert not response.cookies


def test_health_costs_few_queries(client, django_assert_max_num_queries):
    client.get("/healthz")
    with django_assert_max_num_queries(5):
        client.get("/healthz")


def test_health_is_503_when_the_database_is_gone(client, monkeypatch):
    def gone(*args):
        raise connection.Database.OperationalError("could not connect to 10.1.2.3")

    monkeypatch.setattr(connection, "cursor", gone)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json()["database"] == "not ok: OperationalError"
    assert "10.1.2.3" not in response.content.decode()


def test_health_is_503_when_the_storage_refuses(client, monkeypatch):
    def refuse(path):
        raise PermissionError(path)

    monkeypatch.setattr(storages["private"], "listdir", refuse)
    response = client.get("/healthz")
    assert (response.status_code, response.json()["storage"]) == (503, "not ok: PermissionError")


def test_health_is_ok_before_anything_was_stored(client, monkeypatch):
    def nothing_yet(path):
        raise FileNotFoundError(path)

    monkeypatch.setattr(storages["private"], "listdir", nothing_yet)
    assert client.get("/healthz").json()["storage"] == "ok"


def test_health_is_503_when_a_migration_is_missing(client):
    MigrationRecorder(connection).record_unapplied("core", "0002_countries_and_locales")
    response = client.get("/healthz")
    assert (response.status_code, response.json()["migrations"]) == (503, "not ok")


@pytest.mark.parametrize(("minutes", "state"), [(4, "ok"), (6, "not ok")])
def test_worker_needs_a_recent_tick(client, time_machine, minutes, state):
    time_machine.move_to(timezone.now() + timedelta(minutes=minutes), tick=False)
    assert client.get("/healthz").json()["worker"] == state


def test_worker_is_not_ok_before_the_first_tick(client):
    health.shared.clear()
    assert client.get("/healthz").json()["worker"] == "not ok"
    call_command("tick")
    assert client.get("/healthz").json()["worker"] == "ok"


@pytest.mark.parametrize(
    ("enqueued", "run_after", "state"),
    [
        (4, None, "ok"),
        (6, None, "not ok"),
        (60, 4, "ok"),
        (60, 6, "not ok"),
        (60, -30, "ok"),
    ],
)
def test_worker_is_judged_by_how_long_a_task_has_been_due(client, enqueued, run_after, state):
    _task(enqueued, run_after)
    assert client.get("/healthz").json()["worker"] == state


def test_worker_forgives_a_task_that_was_done(client):
    _task(60, None, status="SUCCESSFUL")
    assert client.get("/healthz").json()["worker"] == "ok"


def _task(enqueued, run_after, status="READY"):
    """A task put down `enqueued` minutes ago, to be run `run_after` minutes ago (None: at once)."""
    due = get_date_max() if run_after is None else _ago(run_after)
    task = DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}},
        task_path="lms.core.health.database",
        backend_name="default",
        run_after=due,
        status=status,
    )
    DBTaskResult.objects.filter(pk=task.pk).update(enqueued_at=_ago(enqueued))


def _ago(minutes):
    return timezone.now() - timedelta(minutes=minutes)
