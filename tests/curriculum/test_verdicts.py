"""The review list: out to a clinician, back with her verdicts, once, all or nothing."""

import io
from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from curriculum.facts.verdicts import services
from curriculum.facts.verdicts.checking import review
from curriculum.facts.verdicts.columns import COLUMNS, LIMITS
from curriculum.facts.verdicts.writing import write
from curriculum.models import Change, Fact, Verdict, VerdictSheet
from lms.core.sheets import read
from tests.factories.content import make_fact

LIST = reverse("curriculum_facts:review-list")
FILE = reverse("curriculum_facts:review-file")
SEND = reverse("curriculum_facts:verdict-send")
KEYS = [column.key for column in COLUMNS]
HER = {"clinician": "Dr A. Phiri", "checked_on": "2026-11-20"}
RIGHT = HER | {"verdict": "right", "reference": "Chapter 4, page 12"}


@pytest.fixture
def facts(db):
    return [
        make_fact("tb-f1", status="memory"),
        make_fact("tb-f2", status="memory", safety_critical=True),
        make_fact("tb-f10", safety_critical=True),
    ]


def filled(book: bytes, verdicts: dict[str, dict], *, beside=()) -> bytes:
    """The list as it went out, with cells filled in by code; `beside`: more rows below."""
    workbook = load_workbook(io.BytesIO(book))
    page = workbook.worksheets[0]
    for row in page.iter_rows(min_row=2):
        for key, text in verdicts.get(row[0].value, {}).items():
            row[KEYS.index(key)].value = text
    for row in beside:
        page.append([row.get(key, "") for key in KEYS])
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def listed() -> bytes:
    return write(list(Fact.objects.all()))


def judged(verdicts: dict[str, dict], **more):
    """The review of a list that came back."""
    return review([row.as_dict() for row in read(filled(listed(), verdicts, **more), COLUMNS, LIMITS)])


def told(found) -> str:
    return " | ".join(f"{row.line} {label}: {text}" for row in found.bad for label, text in row.errors)


def kept(verdicts: dict[str, dict], by) -> VerdictSheet:
    rows = read(filled(listed(), verdicts), COLUMNS, LIMITS)
    return services.keep_sheet(rows, file_name="list.xlsx", by=by)


def brought_in(verdicts: dict[str, dict], by) -> int:
    sheet = kept(verdicts, by)
    return services.bring_in(sheet, by=by, expected=review(sheet.rows).digest)


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


def test_text_that_looks_like_a_formula_comes_back_as_it_went(db):
    make_fact("tb-f1", statement="=1+1")
    assert judged({"tb-f1": RIGHT}).good[0].fact.statement == "=1+1"


def test_a_list_that_nobody_filled_in_does_nothing(facts):
    found = judged({})
    assert (found.rows, found.unjudged) == ([], 3)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"verdict": "perhaps"}, "2 verdict: Write right, change or remove."),
        ({"verdict": ""}, "2 verdict: The cell is empty."),
        ({"clinician": ""}, "2 clinician: The cell is empty."),
        ({"reference": ""}, "2 where in the source (page): Say where"),
        ({"reference": "x" * 120}, "at most 110"),
        ({"checked_on": "3/4/2026"}, "2 checked on: Not a day that is understood."),
        ({"checked_on": "2126-01-01"}, "2 checked on: This day is still to come."),
        ({"verdict": "change"}, "2 proposed statement: Write what it should say."),
        ({"verdict": "remove", "proposed": "Other words"}, "2 verdict: There is a proposed statement"),
        ({"proposed": "Other words"}, "2 verdict: There is a proposed statement"),
        ({"reference": "=A1"}, "2 where in the source (page): A formula."),
        ({"code": "tb-f99"}, "2 code: There is no fact «tb-f99»."),
        ({"statement": "Something else"}, "2 statement: tb-f1 says something else now"),
    ],
)
def test_what_cannot_be_brought_in_is_named(db, given, said):
    make_fact("tb-f1")
    found = judged({"tb-f1": RIGHT | given})
    assert said in told(found)
    assert not found.good


def test_a_fact_stands_in_a_list_once(facts):
    again = {"code": "tb-f1", "statement": "Statement of tb-f1."} | RIGHT
    assert told(judged({"tb-f1": RIGHT}, beside=[again])) == "5 code: tb-f1 stands in row 2 already."


@pytest.mark.parametrize("day", ["2026-11-20", "20.11.2026", "20 November 2026", timezone.datetime(2026, 11, 20)])
def test_days_that_cannot_be_mistaken_are_understood(facts, day):
    assert f"{judged({'tb-f1': RIGHT | {'checked_on': day}}).good[0].given['checked_on']}" == "2026-11-20"


def test_right_makes_it_seen_in_the_source(facts, reviewer):
    assert brought_in({"tb-f1": RIGHT}, reviewer) == 1
    fact = Fact.objects.get(code="tb-f1")
    assert (fact.status, fact.note) == ("verified", "Chapter 4, page 12 (Dr A. Phiri, 2026-11-20)")
    assert fact.latest_revision.user == reviewer
    assert (fact.verdicts.get().word, fact.verdicts.get().brought_in_by) == ("right", reviewer)
    assert not Change.objects.exists()


def test_change_proposes_and_changes_nothing(facts, reviewer, client):
    brought_in({"tb-f1": HER | {"verdict": "change", "proposed": "Better words."}}, reviewer)
    fact = Fact.objects.get(code="tb-f1")
    assert (fact.statement, fact.status, fact.latest_revision) == ("Statement of tb-f1.", "memory", None)
    client.force_login(reviewer)
    page = client.get(reverse("wagtailsnippets_curriculum_fact:list"), {"proposal": "yes"})
    assert [row.code for row in page.context["object_list"]] == ["tb-f1"]
    assert (
        "Better words." in client.get(reverse("wagtailsnippets_curriculum_fact:edit", args=[fact.pk])).content.decode()
    )


def test_remove_makes_it_unsure_and_writes_the_change(facts, reviewer):
    brought_in({"tb-f1": HER | {"verdict": "remove"}}, reviewer)
    fact = Fact.objects.get(code="tb-f1")
    assert fact.status == "unsure"
    assert (fact.changes.get().kind, fact.changes.get().made_by) == ("minor", reviewer)


def test_one_row_to_mend_keeps_all_out(facts, reviewer):
    sheet = kept({"tb-f1": RIGHT, "tb-f2": {"verdict": "right"}}, reviewer)
    with pytest.raises(services.RowsToMend):
        services.bring_in(sheet, by=reviewer, expected=review(sheet.rows).digest)
    assert not Verdict.objects.exists()
    assert Fact.objects.get(code="tb-f1").status == "memory"


def test_a_second_press_brings_nothing_in(facts, reviewer):
    sheet = kept({"tb-f1": RIGHT}, reviewer)
    expected = review(sheet.rows).digest
    services.bring_in(sheet, by=reviewer, expected=expected)
    with pytest.raises(services.AlreadyBroughtIn):
        services.bring_in(sheet, by=reviewer, expected=expected)
    assert Verdict.objects.count() == 1


def test_what_changed_since_the_preview_is_looked_at_again(facts, reviewer):
    sheet = kept({"tb-f1": RIGHT}, reviewer)
    expected = review(sheet.rows).digest
    Fact.objects.filter(code="tb-f1").update(status="unsure")
    with pytest.raises(services.ListChanged):
        services.bring_in(sheet, by=reviewer, expected=expected)
    Fact.objects.filter(code="tb-f1").update(statement="New words.")
    with pytest.raises(services.RowsToMend):
        services.bring_in(sheet, by=reviewer, expected=expected)


def test_old_lists_are_forgotten_and_done_ones_stay(facts, reviewer):
    done, old, new = (kept({"tb-f1": RIGHT}, reviewer) for _ in range(3))
    services.bring_in(done, by=reviewer, expected=review(done.rows).digest)
    VerdictSheet.objects.exclude(pk=new.pk).update(uploaded_at=timezone.now() - timedelta(days=15))
    assert services.forget_old_sheets() == 1
    assert not VerdictSheet.objects.filter(pk=old.pk).exists()
    assert not services.discard_sheet(done)


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
