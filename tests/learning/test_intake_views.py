"""The intake in the admin: who may, in which order, and that a second press changes nothing."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from lms.learning.intake.carrying import carry_out_intake
from lms.learning.intake.checking import review
from lms.learning.models import Cohort, Enrolment, Intake
from lms.messaging.models import Message
from lms.people.models import Role, User
from tests.factories.content import make_programme, row
from tests.factories.people import make_person, make_site, post

from .intakes import carried_out, make_intake, sheet

GOOD = sheet("Grace,Otieno,,0712345678", "Amina,Juma")


def url(name, intake):
    return reverse(f"intake:{name}", args=[intake.pk])


def committing(client, intake, by, **data):
    """Press the button that the preview showed, and let the task run."""
    intake.refresh_from_db()
    answer = client.post(url("commit", intake), {"expected": review(intake, by).digest} | data, follow=True)
    for waiting in DBTaskResult.objects.ready().filter(task_path=carry_out_intake.module_path):
        carry_out_intake.func(*waiting.args_kwargs["args"])
    intake.refresh_from_db()
    return answer


def test_second_press_changes_nothing(as_, hr, intake):
    client = as_(hr)
    assert "rows looked at" in committing(client, intake, hr).text
    people = User.objects.count()
    again = client.post(url("commit", intake), {"expected": "x"}, follow=True)
    assert User.objects.count() == people
    assert "2 people were created" in again.text


def test_progress_looks_again_by_itself(as_, hr, intake):
    Intake.objects.filter(pk=intake.pk).update(state=Intake.State.RUNNING, done_count=1)
    answer = as_(hr).get(url("show", intake))
    assert "1 of 2 rows looked at" in answer.text
    assert 'http-equiv="refresh"' in answer.text


def test_commit_after_the_list_changed_says_so(as_, hr, intake):
    answer = as_(hr).post(url("commit", intake), {"expected": "3"}, follow=True)
    assert "The list changed in the meantime" in answer.text
    assert not Cohort.objects.exists()


def test_choice_made_on_the_page_of_the_button_is_kept_and_shown_first(as_, hr, curriculum, site):
    known = make_person("Grace", "Otieno", phone="+254712345678")
    intake = make_intake(curriculum, site, hr, GOOD)
    client = as_(hr)
    answer = committing(client, intake, hr, **{"choice-2": str(known.pk)})
    assert "The list changed" in answer.text
    assert "Enrol 1 known person" in answer.text
    committing(client, intake, hr)
    assert known.enrolments.count() == 1


def test_choices_are_kept_and_the_same_rows_shown_again(as_, hr, curriculum, site):
    make_person("Grace", "Otieno", phone="+254712345678")
    intake = make_intake(curriculum, site, hr, GOOD)
    answer = as_(hr).post(
        f"{url('decide', intake)}?show=decide&p=1", {"choice-2": "new", "choice-x": "new"}, follow=True
    )
    assert answer.redirect_chain[-1][0].endswith("?show=decide&p=1")
    intake.refresh_from_db()
    assert intake.decisions == {"2": "new"}
    assert [row.outcome for row in answer.context["review"].rows] == ["new", "new"]


def test_preview_shows_fifty_rows_a_page_problems_first(as_, hr, curriculum, site):
    intake = make_intake(
        curriculum, site, hr, sheet(*(f"Grace,Otieno,,,,,{1960 + n % 50}" for n in range(50)), ",Nobody")
    )
    client = as_(hr)
    first = client.get(url("show", intake))
    assert [row.line for row in first.context["rows"]][0] == 52
    assert len(first.context["rows"]) == 50
    assert len(client.get(url("show", intake), {"p": 2}).context["rows"]) == 1
    assert len(client.get(url("show", intake), {"show": "errors"}).context["rows"]) == 1
    assert client.get(url("show", intake), {"show": "x"}).status_code == 404


def test_cohort_with_too_few_places_says_so_before_the_commit(as_, hr, intake, curriculum):
    key = curriculum.programme.translation_key
    Cohort.objects.create(
        country=intake.country, name="Kisumu 2026", programme_key=key, starts_on=intake.starts_on, capacity=1
    )
    client = as_(hr)
    assert "1 place less than that" in client.get(url("show", intake)).text
    assert "fewer places" in committing(client, intake, hr).text
    committing(client, intake, hr, beyond="on")
    assert Enrolment.objects.count() == 2


def test_slips_come_as_a_file_that_nobody_keeps(as_, hr, intake):
    client = as_(hr)
    committing(client, intake, hr)
    answer = client.post(url("slips", intake), {"part": "1"})
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    assert answer.content.startswith(b"%PDF")
    assert client.post(url("slips", intake), {"part": "9"}).status_code == 302


def test_slips_by_sms_are_counted_first_and_sent_once_confirmed(as_, hr, intake):
    client = as_(hr)
    committing(client, intake, hr)
    asked = client.get(url("text", intake))
    assert "1 person who has not signed in has a phone." in asked.text
    client.post(url("text", intake), {"expected": "2"})
    assert not Message.objects.exists()
    pressed = {"expected": asked.context["expected"]}
    assert "1 message waits to be sent." in client.post(url("text", intake), pressed, follow=True).text
    assert "Nothing was sent" in client.post(url("text", intake), pressed, follow=True).text
    assert Message.objects.count() == 1


def test_undo_is_asked_in_numbers_and_done_once(as_, hr, intake):
    client = as_(hr)
    committing(client, intake, hr)
    assert "2 people that this intake made are deleted" in client.get(url("undo", intake)).text
    assert "The people it made are gone" in client.post(url("undo", intake), follow=True).text
    assert not Enrolment.objects.exists()
    assert client.post(url("undo", intake)).url == url("show", intake)


def test_undo_names_who_has_signed_in(as_, hr, intake, learner):
    client = as_(hr)
    committing(client, intake, hr)
    User.objects.filter(family_name="Juma").update(last_login=hr.created_at)
    answer = client.post(url("undo", intake), follow=True)
    assert "Amina Juma" in answer.text
    assert "Undo this intake</button>" not in answer.text


@pytest.mark.parametrize("name", ["slips", "text", "undo"])
def test_what_comes_after_leads_to_the_preview_before_the_commit(as_, hr, intake, name):
    assert as_(hr).post(url(name, intake)).url == url("show", intake)


@pytest.mark.parametrize("name", ["show", "columns", "decide", "commit", "slips", "text", "undo", "discard"])
def test_intake_of_another_country_is_not_found(as_, other_country_hr, intake, name):
    client = as_(other_country_hr)
    answer = (client.get if name in ("show", "columns") else client.post)(url(name, intake), follow=True)
    assert answer.status_code == 404
    assert Intake.objects.filter(state="draft").count() == 1


def test_trainer_of_one_site_opens_only_her_own_intakes(as_, site_trainer, curriculum, site, intake):
    own = make_intake(curriculum, site, site_trainer, GOOD, cohort_name="Mine")
    client = as_(site_trainer)
    assert client.get(url("show", intake), follow=True).status_code == 404
    assert client.get(url("show", own)).status_code == 200
    committing(client, own, site_trainer)
    assert client.post(url("slips", own), {"part": "1"}).status_code == 200


@pytest.mark.parametrize("name", ["decide", "commit", "slips", "discard"])
def test_changes_need_a_press(as_, hr, intake, name):
    assert as_(hr).get(url(name, intake)).status_code == 405


@pytest.mark.parametrize("name", ["send", "index", "template", "workbook"])
def test_intake_is_closed_to_learners_and_strangers(client, learner, as_, name):
    address = reverse(f"intake:{name}")
    assert client.get(address).status_code == 302
    assert as_(learner).get(address).status_code in (302, 403)


def test_reviewer_takes_nobody_in(as_, reviewer, intake):
    client = as_(reviewer)
    assert client.get(reverse("intake:send")).status_code == 302
    assert client.get(url("show", intake), follow=True).status_code == 404


def test_discard_forgets_an_open_sheet_but_no_people(as_, hr, intake, curriculum, site):
    done = carried_out(make_intake(curriculum, site, hr, sheet("Zuhura,Ali")), hr)
    client = as_(hr)
    assert client.post(url("discard", intake)).url == reverse("intake:index")
    client.post(url("discard", done))
    assert list(Intake.objects.all()) == [done]


def test_list_asks_the_same_for_any_number_of_sheets(as_, hr, curriculum, site, django_assert_num_queries):
    client = as_(hr)
    make_intake(curriculum, site, hr, GOOD)
    client.get(reverse("intake:index"))
    with CaptureQueriesContext(connection) as one:
        assert "Kisumu 2026" in client.get(reverse("intake:index")).text
    for _ in range(2):
        make_intake(curriculum, site, hr, GOOD)
    with django_assert_num_queries(len(one)):
        client.get(reverse("intake:index"))


def test_a_programme_that_comes_after_another_asks_whether_that_was_done(as_, hr, form, curriculum):
    first = {"programme": curriculum.programme.pk, "how_far": "completed"}
    rows = [row(curriculum.lessons[0])]
    firsts = [{"type": "first", "id": str(uuid4()), "value": first}]
    second = make_programme(curriculum.home, rows, title="Second", code="second", firsts=firsts)
    sent = {"programme_key": str(second.translation_key)}
    client = as_(hr)
    answer = client.post(reverse("intake:send"), form(**sent))
    assert "It comes after Primary Health Care." in answer.text
    assert not Intake.objects.exists()
    assert client.post(reverse("intake:send"), form(**sent, done_before="on")).status_code == 302
    committing(client, Intake.objects.get(), hr)
    assert Enrolment.objects.filter(programme_code="second").count() == 1


def test_a_programme_for_other_countries_is_refused(as_, hr, form, curriculum):
    rows = [row(curriculum.lessons[0], countries=["MW"])]
    programme = make_programme(curriculum.home, rows, title="Malawi only", code="malawi")
    answer = as_(hr).post(reverse("intake:send"), form(programme_key=str(programme.translation_key)))
    assert "It asks for nothing in Kenya." in answer.text
    assert not Intake.objects.exists()


def test_send_refuses_a_site_of_another_country(as_, hr, lesotho, form):
    post(hr, Role.HR, country=lesotho)
    answer = as_(hr).post(reverse("intake:send"), form(site=make_site("LS-009", "LS").pk))
    assert "This site is in another country." in answer.text


def test_send_offers_only_ones_own_places(as_, hr, site_trainer, other_site, site):
    make_site("KE-002")
    everywhere = as_(hr).get(reverse("intake:send")).context["form"]
    assert list(everywhere.fields["country"].queryset) == [site.country]
    assert everywhere.fields["site"].queryset.count() == 2
    here = as_(site_trainer).get(reverse("intake:send")).context["form"]
    assert list(here.fields["site"].queryset) == [site]


def test_send_refuses_a_cohort_name_of_another_programme(as_, hr, form, intake):
    Cohort.objects.create(
        country=intake.country, name="Kisumu 2026", programme_key=intake.pk, starts_on=intake.starts_on
    )
    assert "with another programme" in as_(hr).post(reverse("intake:send"), form()).text
