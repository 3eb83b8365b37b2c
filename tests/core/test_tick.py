from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone
from wagtail import hooks

pytestmark = pytest.mark.django_db


def test_tick_publishes_when_the_time_has_come(curriculum, time_machine):
    lesson = curriculum.lessons[0]
    lesson.title, lesson.go_live_at = "Published on time", timezone.now() + timedelta(hours=1)
    lesson.save_revision().publish()
    titles = []
    for hours in (0, 2):
        time_machine.move_to(timezone.now() + timedelta(hours=hours))
        call_command("tick")
        lesson.refresh_from_db()
        titles.append(lesson.title)
    assert titles == ["What TB is", "Published on time"]


def test_tick_clears_old_sessions_only():
    now = timezone.now()
    Session.objects.create(session_key="old", session_data="", expire_date=now - timedelta(days=1))
    Session.objects.create(session_key="new", session_data="", expire_date=now + timedelta(days=1))
    call_command("tick")
    call_command("tick")
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]


def test_tick_runs_what_a_room_registered():
    ran = []
    with hooks.register_temporarily("tick", lambda: ran.append("once")):
        call_command("tick")
    assert ran == ["once"]


def test_tick_goes_on_after_a_failure_and_says_so(caplog):
    ran = []

    def fail():
        raise RuntimeError("Amina Otieno")

    pair = [("tick", fail), ("tick", lambda: ran.append("after"))]
    with hooks.register_temporarily(pair), pytest.raises(SystemExit) as ended:
        call_command("tick")
    assert (ended.value.code, ran) == (1, ["after"])
    assert any("fail failed" in record.getMessage() for record in caplog.records)
