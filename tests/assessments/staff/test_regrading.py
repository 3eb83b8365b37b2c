"""Regrading and records of attempts in the admin: who gets in, what the pages say, what is logged."""

import csv
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from assessments import services
from assessments.models import Attempt, Regrade, Remark
from assessments.services import regrades
from lms.people.groups import synchronise_groups
from tests.assessments.conftest import ALSO_PLAIN, PLAIN
from tests.assessments.test_regrades import question, run, turn
from tests.factories.assessments import hand_in


@pytest.fixture
def enter(client):
    def signed_in(person):
        synchronise_groups(person)
        client.force_login(person)
        return client

    return signed_in


@pytest.fixture
def failed(attempt):
    return hand_in(attempt, wrong=[PLAIN, ALSO_PLAIN])


def text(response):
    return " ".join(response.content.decode().split())


def preview_url(asked):
    return reverse("regrades:preview", args=[asked.pk])


def form(response, **changes):
    """What the confirmation of a previewed page posts."""
    confirm = response.context["confirm"]
    fields = {name: confirm[name].value() for name in confirm.fields if name != "sure"}
    return {name: "" if value is None else value for name, value in fields.items()} | changes


# The preview ----------------------------------------------------------------------------------------------------------


def test_preview_says_who_is_affected_and_does_nothing(enter, failed, reviewer, administrator):
    asked = turn(PLAIN)
    page = text(enter(administrator).get(preview_url(asked)))
    assert "Regrade 1 paper<" in page
    assert "1 paper passes now" in page
    assert failed.person.get_full_name() in page
    assert "people of all countries" in page
    assert not Regrade.objects.exists()


def test_reviewer_sees_numbers_and_no_names(enter, failed, reviewer):
    """She regrades everywhere, and is shown nobody whom she may not see."""
    page = text(enter(reviewer).get(preview_url(turn(PLAIN))))
    assert "1 paper passes now" in page
    assert failed.person.get_full_name() not in page


def test_trainer_is_told_her_scope(enter, failed, trainer):
    page = text(enter(trainer).get(preview_url(turn(PLAIN))))
    assert "You regrade the papers of people of Kenya." in page
    assert failed.person.get_full_name() in page


def test_losing_is_said_with_what_hr_decides(enter, attempt, administrator):
    hand_in(attempt, wrong=[ALSO_PLAIN])
    page = text(enter(administrator).get(preview_url(turn(PLAIN)), {"verdict": "key", "may_lower": "yes"}))
    assert "1 paper does not stand any more" in page
    assert "HR decides" in page
    assert "The completed unit: asked for again" in page


def test_mild_terms_hold_where_nothing_sensible_is_asked(enter, attempt, administrator):
    hand_in(attempt)
    shown = enter(administrator).get(preview_url(turn(PLAIN)), {"verdict": "nonsense", "may_lower": "yes"})
    assert shown.context["may_lower"] is False
    assert "1 person keeps a mark" in text(shown)


def test_nothing_to_regrade_gives_no_button(enter, failed, administrator):
    shown = enter(administrator).get(preview_url(question(PLAIN)))
    assert "Nothing to regrade" in text(shown)
    assert 'name="run_id"' not in text(shown)


def test_other_words_are_listed(enter, failed, administrator):
    asked = question(PLAIN)
    asked.stem = "TB stays in the air."
    asked.save_revision().publish()
    page = text(enter(administrator).get(preview_url(asked)))
    assert "Left as they are: other words" in page
    assert reverse("attempts:show", args=[failed.pk]) in page


def test_confirming_runs_once_and_shows_the_run(enter, failed, administrator):
    asked, staff = turn(PLAIN), enter(administrator)
    shown = staff.get(preview_url(asked))
    given = form(shown, reason="The key was wrong.")
    for _ in range(2):
        after = staff.post(preview_url(asked), given)
        assert after.url == reverse("regrades:show", args=[given["run_id"]])
    assert Regrade.objects.count() == Remark.objects.count() == 1
    page = text(staff.get(after.url))
    assert "The key was wrong." in page
    assert "Raised only: nobody lost a mark" in page
    assert failed.person.get_full_name() in page


def test_reason_is_needed(enter, failed, administrator):
    asked, staff = turn(PLAIN), enter(administrator)
    assert staff.post(preview_url(asked), form(staff.get(preview_url(asked)))).status_code == 200
    assert not Regrade.objects.exists()


def test_lowering_is_confirmed_a_second_time(enter, attempt, administrator):
    hand_in(attempt)
    asked, staff = turn(PLAIN), enter(administrator)
    shown = staff.get(preview_url(asked), {"verdict": "key", "may_lower": "yes"})
    given = form(shown, reason="The key was wrong.")
    assert staff.post(preview_url(asked), given).status_code == 200
    assert not Regrade.objects.exists()
    assert staff.post(preview_url(asked), given | {"sure": "on"}).status_code == 302
    assert Attempt.objects.get(pk=attempt.pk).score == 4
    assert Regrade.objects.get().may_lower


def test_changed_preview_is_shown_again(enter, failed, other_learner, quiz, administrator):
    under_way = services.start_attempt(other_learner, quiz, other_learner.country, "en")
    asked, staff = turn(PLAIN), enter(administrator)
    given = form(staff.get(preview_url(asked)), reason="The key was wrong.")
    hand_in(under_way)
    again = staff.post(preview_url(asked), given)
    assert "Nothing was done: look again" in text(again)
    assert not Regrade.objects.exists()
    assert staff.post(preview_url(asked), form(again)).status_code == 302
    assert Regrade.objects.get().reason == "The key was wrong."


@pytest.mark.parametrize("who", ["hr", "other_country_hr"])
def test_others_find_no_way_to_regrade(enter, failed, who, request):
    asked = turn(PLAIN)
    staff = enter(request.getfixturevalue(who))
    assert staff.get(preview_url(asked)).status_code == 404
    assert staff.post(preview_url(asked), {"reason": "x"}).status_code == 404


def test_learner_and_stranger_are_sent_away(client, failed):
    asked = turn(PLAIN)
    assert client.get(preview_url(asked)).status_code == 302
    client.force_login(failed.person)
    assert client.get(preview_url(asked)).status_code == 302


def test_question_leads_to_its_regrade(enter, failed, administrator, hr):
    asked, staff = turn(PLAIN), enter(administrator)
    viewset = type(asked).snippet_viewset
    for name in ("list", "edit", "inspect"):
        args = [] if name == "list" else [asked.pk]
        assert preview_url(asked) in text(staff.get(reverse(viewset.get_url_name(name), args=args)))


# Runs -----------------------------------------------------------------------------------------------------------------


def test_run_shows_people_of_ones_places_only(
    enter, failed, quiz, lesotho_learner, administrator, hr, other_country_hr
):
    foreign = services.start_attempt(lesotho_learner, quiz, lesotho_learner.country, "en")
    hand_in(foreign, wrong=[PLAIN])
    regrade = run(turn(PLAIN), administrator)
    url = reverse("regrades:show", args=[regrade.pk])
    for who, sees, hides in (
        (hr, failed.person, lesotho_learner),
        (other_country_hr, lesotho_learner, failed.person),
    ):
        page = text(enter(who).get(url))
        assert sees.get_full_name() in page
        assert hides.get_full_name() not in page
        assert "You see the people of your places only." in page
        rows = enter(who).get(reverse("regrades:remarks", args=[regrade.pk])).content.decode()
        assert sees.staff_number in rows
        assert hides.staff_number not in rows


def test_run_that_touched_nobody_of_hers_is_not_there(enter, failed, administrator, other_country_hr):
    regrade = run(turn(PLAIN), administrator)
    staff = enter(other_country_hr)
    for name in ("show", "remarks"):
        assert staff.get(reverse(f"regrades:{name}", args=[regrade.pk])).status_code == 404
    assert regrade.stem not in text(staff.get(reverse("regrades:index")))


def test_run_under_way_says_how_far_it_is(enter, failed, administrator, monkeypatch):
    monkeypatch.setattr(regrades, "AT_ONCE", 0)
    regrade = run(turn(PLAIN), administrator)
    page = text(enter(administrator).get(reverse("regrades:show", args=[regrade.pk])))
    assert "0 of 1 papers judged again" in page


def test_remarks_as_a_file(enter, failed, administrator):
    regrade = run(turn(PLAIN), administrator)
    response = enter(administrator).get(reverse("regrades:remarks", args=[regrade.pk]))
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert dict(zip(rows[0], rows[1], strict=True)) | {"Judged again": ""} == {
        "Staff number": failed.person.staff_number,
        "Name": failed.person.get_full_name(),
        "Country": "Kenya",
        "Quiz": "Quiz: TB",
        "Cycle": "1",
        "Try": "1",
        "Effect": "More marks: passes now",
        "Right before": "no",
        "Right now": "yes",
        "Score before": "3.00",
        "Score now": "4.00",
        "Judged again": "",
        "Attempt": str(failed.pk),
    }
    assert ModelLogEntry.objects.filter(action="assessments.export_remarks", user=administrator).count() == 1


def test_list_of_runs_takes_a_fixed_number_of_queries(enter, failed, administrator):
    staff, url = enter(administrator), reverse("regrades:index")
    run(turn(PLAIN), administrator)
    staff.get(url)
    few = queries(staff, url)
    run(turn(PLAIN), administrator, may_lower=True)
    run(turn(PLAIN), administrator)
    assert Regrade.objects.count() == 3
    assert queries(staff, url) == few
    page = text(staff.get(url, {"may_lower": "True", "q": "t-q3"}))
    lowering = Regrade.objects.get(may_lower=True)
    assert set(re.findall(r"/cms/regrades/([0-9a-f-]{36})/", page)) == {str(lowering.pk)}


def queries(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)
