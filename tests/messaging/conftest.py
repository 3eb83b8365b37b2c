"""A kind of message for the tests, a number, and the task queue."""

import threading

import pytest
from django_tasks_db.models import DBTaskResult
from wagtail import hooks

from lms.messaging.kinds import Kind, kinds
from lms.messaging.services import send

from .fake_gateway import FakeGateway

NUMBER = "+254711000001"


def note() -> list[Kind]:
    return [
        Kind("test_note", "Note", ("name", "day"), lambda: ("A reminder", "Hello {name}, see you on {day}.")),
        Kind("test_code", "Code", ("code",), lambda: ("Your code", "Code: {code}"), urgent=True, secret=True),
    ]


@pytest.fixture(autouse=True)
def test_kinds():
    kinds.cache_clear()
    with hooks.register_temporarily("register_message_kinds", note):
        yield
    kinds.cache_clear()


@pytest.fixture(autouse=True)
def noon(time_machine):
    """A Monday, noon in Nairobi: nothing is quiet."""
    time_machine.move_to("2026-03-02T09:00:00Z", tick=False)
    return time_machine


@pytest.fixture
def message(kenya):
    return send_note()


def send_note(**fields):
    fields = {"channel": "sms", "address": NUMBER, "country": "KE"} | fields
    return send("test_note", context={"name": "Amina", "day": "Monday"}, **fields)


def send_code(**fields):
    fields = {"channel": "sms", "address": NUMBER, "country": "KE"} | fields
    return send("test_code", context={"code": "123456"}, **fields)


def work():
    """What a worker does until nothing waits."""
    while waiting := DBTaskResult.objects.ready().first():
        waiting.delete()
        waiting.task.call(*waiting.args_kwargs["args"])


@pytest.fixture
def fake_gateway():
    server = FakeGateway()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield server
    server.hangs.set()
    server.shutdown()
    server.server_close()
