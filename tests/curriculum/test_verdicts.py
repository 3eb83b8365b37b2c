"""The review list: out to a clinician, back with her verdicts, once, all or nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from curriculum.facts.verdicts import services
from curriculum.facts.verdicts.checking import review
from curriculum.facts.verdicts.columns import COLUMNS, LIMITS
from curriculum.models import Change, Fact, Verdict, VerdictSheet
from lms.core.sheets import read
from tests.factories.content import make_fact
from tests.factories.review_lists import HER, RIGHT, filled, kept, listed, make_facts


@pytest.fixture
def facts(db):
    return make_facts()


def judged(verdicts: dict[str, dict], **more):
    """The review of a list that came back."""
    return review([row.as_dict() for row in read(filled(listed(), verdicts, **more), COLUMNS, LIMITS)])


def told(found) -> str:
    return " | ".join(f"{row.line} {label}: {text}" for row in found.bad for label, text in row.errors)


def brought_in(verdicts: dict[str, dict], by) -> int:
    sheet = kept(verdicts, by)
    return services.bring_in(sheet, by=by, expected=review(sheet.rows).digest)


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
