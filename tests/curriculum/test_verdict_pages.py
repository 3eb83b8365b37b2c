"""The review list in the admin: the file that goes out, the file that comes back, who may."""

import io

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import Locale

from curriculum.facts.verdicts.writing import write
from curriculum.models import Fact, Verdict, VerdictSheet
from tests.factories.content import card, make_fact
from tests.factories.review_lists import HER, KEYS, RIGHT, filled, kept, listed, make_facts

LIST = reverse("curriculum_facts:review-list")
FILE = reverse("curriculum_facts:review-file")
SEND = reverse("curriculum_facts:verdict-send")


@pytest.fixture
def facts(db):
    return make_facts()


def test_list_begins_with_what_could_harm_and_was_not_seen(client, trainer, facts):
    client.force_login(trainer)
    book = load_workbook(io.BytesIO(client.get(FILE).content))
    rows = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == ["tb-f2", "tb-f10", "tb-f1"]
    assert rows[0][1:8] == (
        "Statement of tb-f2.",
        "WHO 2024",
        "2024",
        "From memory of the source",
        "yes",
        None,
        "nothing",
    )
    assert rows[2][5] is None
    assert book.worksheets[0].data_validations.dataValidation[0].formula1 == '"right,change,remove"'


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ("module=hiv-101", {"hiv-101-f1"}),
        ("status=memory", {"tb-f1", "tb-f2"}),
        ("critical=on", {"tb-f2", "tb-f10"}),
        ("module=nowhere", {"tb-f1", "tb-f2", "tb-f10", "hiv-101-f1"}),
    ],
)
def test_list_holds_what_was_asked_for(client, reviewer, facts, asked, codes):
    make_fact("hiv-101-f1")
    client.force_login(reviewer)
    page = load_workbook(io.BytesIO(client.get(f"{FILE}?{asked}").content)).worksheets[0]
    assert {row[0] for row in page.iter_rows(min_row=2, values_only=True)} == codes
    assert client.get(f"{LIST}?{asked}").status_code == 200


def test_list_counts_what_cites_a_fact(curriculum):
    call_command("rebuild_references_index", verbosity=0)
    page = load_workbook(io.BytesIO(listed())).worksheets[0]
    assert page.cell(2, KEYS.index("cited_by") + 1).value == "2 lessons, 1 question"


def test_list_counts_a_translation_that_cites_another_fact(curriculum):
    make_fact("tb-f9")
    lesson = curriculum.lessons[1].copy_for_translation(Locale.objects.get(language_code="sw"), copy_parents=True)
    lesson.cards = [card("remember", text="<p>Kumbuka.</p>", facts=[Fact.objects.get(code="tb-f9")])]
    lesson.save_revision().publish()
    call_command("rebuild_references_index", verbosity=0)
    rows = load_workbook(io.BytesIO(listed())).worksheets[0].iter_rows(min_row=2, values_only=True)
    cited = {row[0]: row[KEYS.index("cited_by")] for row in rows}
    assert (cited["tb-f1"], cited["tb-f9"]) == ("2 lessons, 1 question", "1 lesson")


def test_list_costs_the_same_for_every_fact(curriculum):
    call_command("rebuild_references_index", verbosity=0)
    write(list(Fact.objects.all()))
    few, many = CaptureQueriesContext(connection), CaptureQueriesContext(connection)
    with few:
        write(list(Fact.objects.all()))
    for number in range(5):
        make_fact(f"x-f{number}")
    with many:
        write(list(Fact.objects.all()))
    assert len(many) == len(few)


def upload(client, data: bytes, name="list.xlsx"):
    return client.post(SEND, {"file": SimpleUploadedFile(name, data)}, follow=True)


def test_reviewer_sends_looks_and_brings_in(client, reviewer, facts):
    client.force_login(reviewer)
    page = upload(client, filled(listed(), {"tb-f1": RIGHT, "tb-f2": HER | {"verdict": "remove"}}))
    words = page.content.decode()
    assert "Chapter 4, page 12 (Dr A. Phiri, 2026-11-20)" in words
    assert "becomes “Unsure: do not use”" in words
    sheet = VerdictSheet.objects.get()
    there = reverse("curriculum_facts:verdict-bring-in", args=[sheet.pk])
    expected = {"expected": page.context["review"].digest}
    assert "2 verdicts are brought in." in client.post(there, expected, follow=True).content.decode()
    assert client.post(there, expected, follow=True).status_code == 200
    assert Verdict.objects.filter(list_id=sheet.pk).count() == 2
    assert "list.xlsx" in client.get(reverse("curriculum_facts:verdict-sheets")).content.decode()


def test_an_uploaded_list_is_thrown_away(client, reviewer, facts):
    client.force_login(reviewer)
    upload(client, filled(listed(), {"tb-f1": RIGHT}))
    client.post(reverse("curriculum_facts:verdict-discard", args=[VerdictSheet.objects.get().pk]))
    assert not VerdictSheet.objects.exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty."),
        (b"\x89PNG\r\n\x1a\n\0\0", "not text"),
        (b"PK\x03\x04 and then nothing", "cannot be opened"),
        (b"name,phone\nGrace,1\n", "Missing columns"),
    ],
)
def test_a_file_that_is_no_list_is_refused(client, reviewer, data, said):
    client.force_login(reviewer)
    assert said in upload(client, data).content.decode()
    assert not VerdictSheet.objects.exists()


@pytest.mark.parametrize("who", ["trainer", "hr", "learner", "observer"])
def test_only_reviewers_bring_verdicts_in(client, who, reviewer, facts, request):
    sheet = kept({"tb-f1": RIGHT}, reviewer)
    client.force_login(request.getfixturevalue(who))
    for answer in (
        client.get(SEND),
        client.get(reverse("curriculum_facts:verdict-sheets")),
        client.get(reverse("curriculum_facts:verdict-sheet", args=[sheet.pk])),
        client.post(reverse("curriculum_facts:verdict-bring-in", args=[sheet.pk]), {"expected": ""}),
        client.post(reverse("curriculum_facts:verdict-discard", args=[sheet.pk])),
    ):
        assert is_refused(answer)
    assert VerdictSheet.objects.filter(committed_at=None).exists()


@pytest.mark.parametrize("who", ["hr", "learner"])
def test_the_list_is_for_trainers_and_reviewers(client, who, facts, request):
    client.force_login(request.getfixturevalue(who))
    assert is_refused(client.get(LIST)) and is_refused(client.get(FILE))


def test_nobody_sees_a_list_without_signing_in(client, db):
    for url in (LIST, FILE, SEND):
        assert "/sign-in/" in client.get(url).url or "/cms/login/" in client.get(url).url


def test_wrong_methods(client, reviewer, facts):
    sheet = kept({"tb-f1": RIGHT}, reviewer)
    client.force_login(reviewer)
    assert client.post(LIST).status_code == client.post(FILE).status_code == 405
    for name in ("verdict-bring-in", "verdict-discard"):
        assert client.get(reverse(f"curriculum_facts:{name}", args=[sheet.pk])).status_code == 405


def is_refused(answer) -> bool:
    """Back to the first page with a sentence; a learner never gets near the admin."""
    words = " ".join(map(str, get_messages(answer.wsgi_request)))
    return answer.status_code in (302, 403) and (
        "permission" in words or "/cms/facts/" not in answer.get("Location", "")
    )
