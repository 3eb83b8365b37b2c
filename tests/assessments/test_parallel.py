"""Many at once, and a server that is killed: nothing is lost, nothing is double, on every database."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from random import Random
from threading import Barrier
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from assessments import services
from assessments.models import Answer, Attempt, Mark
from lms.learning.models import Completion
from tests.factories.assessments import answer, right_response, wrong_response
from tests.factories.people import make_person

PEOPLE, ANSWERS_EACH = 50, 20
WORKERS, KILLS = 3, 6
TOKEN = "a" * 32  # what a browser got from us as its csrftoken

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(work, those):
    """Runs `work` for each in a thread of its own, all at the same moment; what they returned."""
    those = list(those)
    start = Barrier(len(those))

    def run(one):
        start.wait()
        try:
            return work(one)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(those)) as threads:
        return list(threads.map(run, those))


def attempts_like(attempt, count):
    """The same paper in front of other people."""
    rows = []
    for number in range(count):
        person = make_person(f"Learner {number}", "Parallel", password="!")
        fields = ("unit_key", "title", "purpose", "number", "language", "country_code", "pass_mark", "paper", "key")
        rows.append(Attempt(person=person, **{name: getattr(attempt, name) for name in fields}))
    return Attempt.objects.bulk_create(rows)


def choices(attempt, count):
    """(item, response) for so many answers, each item again and again, right and wrong in turn."""
    for number in range(count):
        item = attempt.paper[number % len(attempt.paper)]
        give = right_response if number // len(attempt.paper) % 2 else wrong_response
        yield item, give(attempt, item)


def test_fifty_hand_ins_of_one_attempt_give_one_result(attempt, quiz):
    answer(attempt)
    results = at_once(lambda _number: services.hand_in(Attempt.objects.get(pk=attempt.pk)), range(50))
    assert len({(one.score, one.handed_in_at, one.completed_at is not None) for one in results}) == 1
    assert Mark.objects.filter(attempt=attempt).count() == len(attempt.paper)
    assert Completion.objects.filter(unit_key=quiz.translation_key).count() == 1


def test_thousand_answers_of_fifty_people_are_each_kept_once(attempt):
    """Every fourth is sent twice, as a phone does that did not hear the server's word."""

    def give(hers):
        acknowledged = {}
        for number, (item, response) in enumerate(choices(hers, ANSWERS_EACH)):
            id_ = uuid4()
            for _ in range(2 if number % 4 == 0 else 1):
                acknowledged[services.save_answer(hers, item["id"], response, id_).pk] = (item["id"], response)
        return acknowledged

    given = at_once(give, attempts_like(attempt, PEOPLE))
    acknowledged = {id_: what for hers in given for id_, what in hers.items()}
    assert len(acknowledged) == PEOPLE * ANSWERS_EACH
    assert {one.pk: (one.item_id, one.response) for one in Answer.objects.all()} == acknowledged


def test_one_answer_sent_ten_times_at_once_is_one_answer(attempt):
    item, id_ = attempt.paper[0], uuid4()
    right = right_response(attempt, item)
    assert {one.pk for one in at_once(lambda _: services.save_answer(attempt, item["id"], right, id_), range(10))} == {
        id_
    }
    assert Answer.objects.count() == 1


def test_answers_and_hand_in_at_once_count_every_acknowledged_answer(attempt):
    """Whoever hears «saved» before the result finds her answer in it."""

    def act(number):
        if number == 5:
            return services.hand_in(Attempt.objects.get(pk=attempt.pk))
        item = attempt.paper[number % len(attempt.paper)]
        with suppress(services.HandedIn):
            return services.save_answer(attempt, item["id"], right_response(attempt, item), uuid4())
        return None

    at_once(act, range(11))
    saved = set(Answer.objects.values_list("item_id", flat=True))
    assert set(Mark.objects.exclude(response=None).values_list("item_id", flat=True)) == saved


# A server that is killed ----------------------------------------------------------------------------------------------


class Server:
    """gunicorn with several workers on the tests' own database."""

    def __init__(self):
        with socket.create_server(("127.0.0.1", 0)) as door:
            self.port = door.getsockname()[1]
        self.process = None

    def start(self):
        command = [sys.executable, "-m", "gunicorn", "lms.wsgi", "-b", f"127.0.0.1:{self.port}", "-w", str(WORKERS)]
        self.process = subprocess.Popen(
            [*command, "--preload", "--no-control-socket", "--log-level", "critical"],
            cwd=settings.ROOT,
            env=os.environ | {"DJANGO_SETTINGS_MODULE": "lms.settings.test", "DATABASE_URL": database_url()},
            start_new_session=True,
        )
        end = time.monotonic() + 120
        while not self._answers():
            assert time.monotonic() < end and self.process.poll() is None, "the server did not start"
            time.sleep(0.05)

    def _answers(self):
        with socket.socket() as door:
            return door.connect_ex(("127.0.0.1", self.port)) == 0

    def kill(self):
        """All of it, at once: as when the machine's plug is pulled."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def kill_worker(self, random):
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        if children:
            os.kill(int(random.choice(children)), signal.SIGKILL)

    def post(self, path, cookie, body):
        door = HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": f"{cookie}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN, "X-Requested-With": "fetch"}
        door.request("POST", path, body, headers | {"Content-Type": "application/x-www-form-urlencoded"})
        response = door.getresponse()
        return response.status, response.read()


def database_url():
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


@pytest.fixture
def server():
    server = Server()
    server.start()
    yield server
    with suppress(ProcessLookupError):
        server.kill()


def send(server, attempt, heard):
    """A phone: posts one answer after another and repeats each until the server's word is there."""
    browser = Client()
    browser.force_login(attempt.person)
    cookie = f"sessionid={browser.cookies['sessionid'].value}"
    places = {item["id"]: number for number, item in enumerate(attempt.paper, 1)}
    for item, response in choices(attempt, ANSWERS_EACH):
        given = str(response).lower() if isinstance(response, bool) else response
        id_, path = uuid4(), f"/en/quiz/{attempt.pk}/{places[item['id']]}/"
        while id_ not in heard:
            with suppress(OSError, HTTPException):
                status, body = server.post(path, cookie, f"a={given}&answer_id={id_}")
                assert (status, json.loads(body)["state"]) == (200, "saved")
                heard[id_] = (attempt.pk, item["id"], response)


def test_killed_server_loses_no_answer_that_it_acknowledged(attempt, server):
    """Workers are killed at any moment, and once the whole server, while ten phones send two hundred answers."""
    attempts, random = attempts_like(attempt, 10), Random()
    heard: dict[UUID, tuple] = {}

    def disturb():
        for number in range(KILLS):
            time.sleep(random.uniform(0.05, 0.4))
            if number == KILLS // 2:
                server.kill()
                server.start()
            else:
                server.kill_worker(random)

    def phone(one):
        if one is None:
            return disturb()
        return send(server, one, heard)

    at_once(phone, [None, *attempts])
    server.kill()
    assert len(heard) == 10 * ANSWERS_EACH
    assert {one.pk: (one.attempt_id, one.item_id, one.response) for one in Answer.objects.all()} == heard
