"""Real Chromium on a real server. The Content-Security-Policy holds, and a page that breaks it fails its test."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect, sync_playwright

from assessments.models import Attempt
from assessments.services import start_attempt
from certificates.proof import pades
from lms.learning.services import complete_unit, enrol

from ..factories.assessments import QUESTIONS
from ..factories.content import make_question, make_quiz

# Playwright keeps an event loop in this thread; Django would refuse to touch the database beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

FOLDER = Path(__file__).parent
CHROMIUM = Path("/usr/bin/chromium")
AXE = (FOLDER / "axe.min.js").read_text()
PHONE = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
LAPTOP = {"viewport": {"width": 1280, "height": 800}}
TEN = [*QUESTIONS.values(), QUESTIONS["true_false"] | {"stem": "TB can come back."}]
PATIENCE = 60_000  # ms: slowness alone fails no test
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def chromium():
    if not CHROMIUM.exists():
        pytest.skip("needs a browser: apt-get install chromium")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def sign_beside_the_loop(monkeypatch):
    """pyHanko wants an event loop of its own, and Playwright's runs in this thread."""
    own = pades.sign
    with ThreadPoolExecutor(1) as beside:
        monkeypatch.setattr(pades, "sign", lambda *args: beside.submit(own, *args).result())
        yield


@pytest.fixture
def open_page(chromium, live_server):
    """open_page(person, **options): a page of a fresh browser, signed in as that person (None: nobody), phone-sized."""
    contexts, complaints = [], []

    def open_page(person=None, **options):
        context = chromium.new_context(base_url=live_server.url, **({"locale": "en-GB"} | PHONE | options))
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        if person:
            context.add_cookies([session_of(person, live_server.url)])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if _is_violation(line.text) else None)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(open_page):
    """A phone on which nobody is signed in."""
    return open_page()


@pytest.fixture
def laptop(open_page):
    """A laptop's window on which nobody is signed in."""
    return open_page(None, **LAPTOP, device_scale_factor=1, is_mobile=False, has_touch=False)


@pytest.fixture
def begin(learner, curriculum):
    """begin(layout=…, …) gives the attempt that she has begun, at a quiz with every type of question."""

    def begin(questions=TEN, **rules) -> Attempt:
        asked = [make_question(f"b-q{number}", data) for number, data in enumerate(questions, 1)]
        quiz = make_quiz(curriculum.module, asked, title="Quiz: TB", **rules)
        enrol(learner, curriculum.programme)
        for unit in [*curriculum.lessons, curriculum.quiz]:
            complete_unit(learner, unit)
        return start_attempt(learner, quiz, learner.country, "en")

    return begin


@pytest.fixture
def axe():
    """axe(page): fails with what a person who hears or cannot see colours would stumble over."""
    return _axe


LOOK = """async (rules) => {
  const bars = [...document.querySelectorAll(".top, .dock")];
  bars.forEach((bar) => (bar.style.position = "static")); // what lies half under one just now is no small target
  const found = await axe.run(document, { runOnly: rules });
  bars.forEach((bar) => (bar.style.position = ""));
  return found;
}"""


def _axe(page):
    page.wait_for_load_state()
    page.evaluate(AXE)
    found = page.evaluate(LOOK, RULES)
    told = [
        f"{problem['id']}: {problem['help']} — {node['html'][:200]}"
        for problem in found["violations"]
        for node in problem["nodes"]
    ]
    assert told == [], "\n".join([page.url, *told])


def session_of(person, url) -> dict:
    client = Client()
    client.force_login(person)
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": url,
    }


def _is_violation(text: str) -> bool:
    return "Content Security Policy" in text or "Content-Security-Policy" in text


def pytest_collection_modifyitems(items):
    """Waited in vain on a loaded machine: once more, and told as «rerun». What is wrong twice fails."""
    for item in items:
        if item.path.is_relative_to(FOLDER):
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=["TimeoutError"]))
