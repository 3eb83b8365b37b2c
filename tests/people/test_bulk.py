"""One thing with many people: picked, asked in numbers, confirmed once, with a result for each."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from lms.people import selections
from lms.people.bulk.tasks import carry_out_selection, resume_selections
from lms.people.models import Broadcast, OneTimeCode, Picked, Selection, User
from tests.factories.people import make_person

PAGE = "staff_people:index"


@pytest.fixture
def as_hr(client, hr):
    client.force_login(hr)
    return client


def picked(hr, *people):
    return selections.pick(hr, PAGE, [(person.pk, person.pk) for person in people])


def page(name, selection, *more):
    return reverse(f"staff_bulk:{name}", args=[selection.pk, *more])


def test_those_ticked_are_picked(as_hr, learner, other_learner, lesotho_learner):
    rows = [learner.pk, lesotho_learner.pk, "no key"]
    answer = as_hr.post(reverse(PAGE), {"action": "slips", "row": rows})
    selection = Selection.objects.get()
    assert answer.url == page("confirm", selection, "slips")
    assert [line.person for line in selection.picked.all()] == [learner]


def test_all_of_the_list_are_those_its_filters_leave(as_hr, learner, other_learner, hr):
    as_hr.post(reverse(PAGE) + "?role=learner", {"action": "slips", "all": "1"})
    assert {line.person for line in Picked.objects.all()} == {learner, other_learner}


def test_nobody_ticked_says_so_and_an_unknown_action_is_not_there(as_hr, learner):
    assert "Tick somebody first" in as_hr.post(reverse(PAGE), {"action": "slips"}, follow=True).text
    assert as_hr.post(reverse(PAGE), {"action": "delete", "row": [learner.pk]}).status_code == 404
    assert not Selection.objects.exists()


def test_too_many_are_refused(hr, learner, monkeypatch):
    monkeypatch.setattr(selections, "MOST", 1)
    with pytest.raises(selections.TooMany):
        picked(hr, learner, hr)


def test_selection_is_its_makers_alone(client, hr, trainer, learner):
    selection = picked(hr, learner)
    addresses = [page("confirm", selection, "slips"), page("result", selection), page("file", selection)]
    assert [client.get(address).status_code for address in addresses] == [302] * 3
    client.force_login(trainer)
    assert [client.get(address).status_code for address in addresses] == [404] * 3
    assert client.post(addresses[0]).status_code == 404


def test_slips_ask_in_numbers_and_are_printed_once(as_hr, hr, learner, other_learner, observer):
    User.objects.filter(pk=other_learner.pk).update(first_signed_in_at=timezone.now())
    selection = picked(hr, learner, other_learner, hr)
    asked = as_hr.get(page("confirm", selection, "slips"))
    assert asked.context["outlook"].can == 1
    reasons = dict(asked.context["outlook"].cannot)
    assert "signed in already" in reasons[other_learner] and "password" in reasons[hr]
    slips = as_hr.post(page("confirm", selection, "slips"))
    assert slips.status_code == 200 and "no-store" in slips["Cache-Control"]
    assert [code.person for code in OneTimeCode.objects.all()] == [learner]
    again = as_hr.post(page("confirm", selection, "slips"))
    assert again.url == page("result", selection)
    assert OneTimeCode.objects.count() == 1
    assert as_hr.get(page("result", selection)).context["done"] == 1


def test_message_goes_to_those_with_an_address(as_hr, hr, learner, other_learner):
    User.objects.filter(pk=learner.pk).update(phone="+254712345678")
    User.objects.filter(pk=other_learner.pk).update(phone="", email="")
    selection = picked(hr, learner, other_learner)
    assert as_hr.get(page("confirm", selection, "message")).context["outlook"].can == 1
    answer = as_hr.post(page("confirm", selection, "message"))
    begun = Broadcast.objects.get()
    assert answer.url == reverse("staff_broadcasts:write", args=[begun.pk])
    assert begun.people == [str(learner.pk)]


def test_permission_is_asked_again_at_execution(as_hr, hr, learner, other_learner):
    selection = picked(hr, learner, other_learner)
    hr.postings.update(ends_on=timezone.localdate() - timedelta(days=1), starts_on="2020-01-01")
    assert as_hr.post(page("confirm", selection, "slips")).status_code in (302, 404)
    assert not OneTimeCode.objects.exists()


def test_killed_task_is_taken_up_again(hr, learner):
    selection = picked(hr, learner)
    long_ago = timezone.now() - timedelta(hours=1)
    Selection.objects.filter(pk=selection.pk).update(action="enrol", choices={"programme": "0"}, confirmed_at=long_ago)
    resume_selections()
    task = DBTaskResult.objects.get(task_path__endswith="carry_out_selection")
    carry_out_selection.call(*task.args_kwargs["args"])
    selection.refresh_from_db()
    assert selection.finished_at
    assert "not there any more" in selection.picked.get().why
    DBTaskResult.objects.all().delete()
    resume_selections()
    assert not DBTaskResult.objects.exists()


def test_slips_that_were_cut_off_are_not_said_to_be_printed(hr, learner):
    selection = picked(hr, learner)
    Selection.objects.filter(pk=selection.pk).update(action="slips", confirmed_at=timezone.now() - timedelta(hours=1))
    carry_out_selection.call(str(selection.pk))
    assert selection.picked.refused().exists() and not selection.picked.done().exists()
    assert selections.left_behind() == []


def test_selections_are_forgotten(hr, learner):
    old, new = picked(hr, learner), picked(hr, learner)
    Selection.objects.filter(pk=old.pk).update(made_at=timezone.now() - timedelta(days=8))
    selections.forget_selections()
    assert list(Selection.objects.all()) == [new]


def test_result_waits_for_a_confirmation(as_hr, hr, learner):
    assert as_hr.get(page("result", picked(hr, learner))).status_code == 404
    assert as_hr.post(page("result", picked(hr, make_person("A", "B")))).status_code == 405
