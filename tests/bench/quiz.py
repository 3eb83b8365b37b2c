"""What a quiz costs: its page in both layouts, the save of an answer, the hand-in. Run: python -m tests.bench.quiz

Measured as tests/bench/pages.py does. Queries count BEGIN, session and user.
"""

import sys
from http.client import HTTPConnection
from itertools import count as counter
from uuid import uuid4

from . import pages
from .counting import counted_queries

HAND_INS, HAND_IN_WARM_UPS = 50, 10
TOKEN = "a" * 32  # what a browser got from us as its csrftoken
NUMBERS = counter(1)
LIMITS = {"page": (14, 8, 8), "save": (None, 5, 6)}


def main() -> int:
    with pages.site():
        quiz = make_quiz()
        one, every = (begin(quiz, layout) for layout in ("one", "all"))
        ready = [begin(quiz, "one", answered=True) for _ in range(HAND_INS + HAND_IN_WARM_UPS + 2)]
        with pages.server() as (port, worker):
            print(f"{'':9} {'kB':>6} {'html':>6} {'queries':>8} {'CPU ms':>7}")
            within = [
                report_page("one", f"/en/quiz/{one.attempt.pk}/1/", one, port, worker),
                report_page("all", f"/en/quiz/{every.attempt.pk}/questions/", every, port, worker),
                report_save(one, port, worker),
            ]
            report_hand_in(ready, port, worker)
    return int(not all(within))


class Sitting:
    """A learner in front of her paper, and the browser she is signed in with."""

    def __init__(self, person, attempt):
        from django.test import Client

        self.attempt, self.browser = attempt, Client(headers={"host": "localhost"})
        self.browser.force_login(person)
        self.cookie = f"sessionid={self.browser.cookies['sessionid'].value}; csrftoken={TOKEN}"


def make_quiz():
    """Ten questions of the starter curriculum."""
    from assessments.models import QuizPage

    quiz = QuizPage.objects.get(slug="tb-quiz", locale__language_code="en")
    assert quiz.size_for("KE") == 10
    return quiz


def begin(quiz, layout: str, *, answered: bool = False) -> Sitting:
    """Somebody enrolled, with an attempt of her own."""
    from assessments.services import save_answer, start_attempt
    from curriculum.models import ProgrammePage
    from lms.learning.services import enrol
    from lms.people.models import User

    values = {"given_names": "Amina", "family_name": "Otieno", "country_id": "KE"}
    person = User.objects.create(staff_number=f"K2{next(NUMBERS):05}", **values)
    enrol(person, ProgrammePage.objects.get(code="P-IPHC", locale__language_code="en"), done_before=True)
    quiz.layout = layout
    attempt = start_attempt(person, quiz, person.country, "en")
    for item in attempt.paper if answered else []:
        save_answer(attempt, item["id"], right(attempt, item), uuid4())
    return Sitting(person, attempt)


def right(attempt, item: dict):
    from assessments import question_types

    return question_types.get(item["type"]).right_response(item["item"], attempt.key[item["id"]])


def report_page(name: str, path: str, sitting: Sitting, port: int, worker: int) -> bool:
    headers = {"Cookie": sitting.cookie}
    size, html = pages.weigh(port, path, headers)
    sitting.browser.get(path)
    with counted_queries() as counted:
        sitting.browser.get(path)
    cpu = pages.spend(worker, lambda: pages.fetch(port, path, headers))
    print(
        f"page, {name:3} {size / 1000:6.1f} {html / 1000:6.1f} {len(counted.own):8} {cpu:7.2f}  limits {LIMITS['page']}"
    )
    heaviest, most, longest = LIMITS["page"]
    return size <= heaviest * 1000 and len(counted.own) <= most and cpu <= longest


def report_save(sitting: Sitting, port: int, worker: int) -> bool:
    number, item = next((n, i) for n, i in enumerate(sitting.attempt.paper, 1) if i["type"] in ("single", "true_false"))
    path, answer = f"/en/quiz/{sitting.attempt.pk}/{number}/", right(sitting.attempt, item)
    given = str(answer).lower() if isinstance(answer, bool) else answer

    def form() -> str:
        return f"a={given}&answer_id={uuid4()}"

    with counted_queries() as counted:
        sitting.browser.post(path, form(), content_type=FORM, headers=SCRIPT)
    cpu = pages.spend(worker, lambda: post(port, path, sitting.cookie, form()))
    print(f"save      {'':6} {'':6} {len(counted.own):8} {cpu:7.2f}  limits {LIMITS['save']}")
    return len(counted.own) <= LIMITS["save"][1] and cpu <= LIMITS["save"][2]


def report_hand_in(ready: list[Sitting], port: int, worker: int) -> None:
    """No limit is set for it: it happens once a quiz."""
    for _ in range(2):
        sitting = ready.pop()
        with counted_queries() as counted:
            sitting.browser.post(f"/en/quiz/{sitting.attempt.pk}/hand-in/", headers=SCRIPT)

    def hand_in() -> None:
        sitting = ready.pop()
        post(port, f"/en/quiz/{sitting.attempt.pk}/hand-in/", sitting.cookie, "", 303)

    cpu = pages.spend(worker, hand_in, HAND_IN_WARM_UPS, HAND_INS)
    print(f"hand-in   {'':6} {'':6} {len(counted.own):8} {cpu:7.2f}")


FORM = "application/x-www-form-urlencoded"
SCRIPT = {"X-Requested-With": "fetch"}


def post(port: int, path: str, cookie: str, body: str, expected: int = 200) -> None:
    connection = HTTPConnection("127.0.0.1", port)
    headers = {"Cookie": cookie, "X-CSRFToken": TOKEN, "Content-Type": FORM}
    connection.request("POST", path, body, headers | (SCRIPT if expected == 200 else {}))
    response = connection.getresponse()
    response.read()
    connection.close()
    if response.status != expected:
        raise SystemExit(f"{path} answered {response.status}")


if __name__ == "__main__":
    sys.exit(main())
