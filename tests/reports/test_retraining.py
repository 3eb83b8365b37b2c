"""The page before people are asked to learn again: its numbers, its confirmation, who may."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from curriculum.models import Change
from lms.learning.models import Completion
from lms.learning.retraining import go_on


@pytest.fixture
def change(curriculum, people, trainer):
    """Of a fact that both lessons cite; one of four people completed the first."""
    call_command("rebuild_references_index", verbosity=0)
    return Change.objects.create(
        fact=curriculum.facts[0], kind="retrain", reason="WHO 2026", before="Old", after="New", made_by=trainer
    )


@pytest.fixture
def address(change):
    return reverse("reports:retrain", args=[change.pk])


def confirm(client, url, **more):
    page = client.get(url)
    form = page.context["form"]
    values = {name: form.initial.get(name, "") for name in form.fields}
    return client.post(url, values | more, follow=True)


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_preview_tells_numbers_and_no_names(as_, reviewer, address, people):
    page = words(as_(reviewer).get(address))
    assert "This asks 1 person (places: 1) to learn again (lessons: 1)." in page
    for part in ("Old", "New", "WHO 2026", "What TB is", "Ask everyone", "Kenya: 1"):
        assert part in page
    assert people[2].family_name not in page
    assert not Completion.objects.exclude(flagged_at=None).exists()


def test_confirmation_asks_once(as_, reviewer, address, change):
    client = as_(reviewer)
    page = words(confirm(client, address))
    assert "asked 1 person to learn it again" in page
    assert "Under way: 1 result is still to be flagged." in page
    change.refresh_from_db()
    go_on(change)
    assert "Everybody was reached" in words(client.get(address))
    assert client.post(address, {"expected": "x"}).status_code == 200
    assert Completion.objects.exclude(flagged_at=None).count() == 1


def test_other_numbers_than_were_seen_ask_nobody(as_, reviewer, address, change):
    page = words(as_(reviewer).post(address, {"expected": "something else"}, follow=True))
    assert "The numbers have changed since." in page
    change.refresh_from_db()
    assert change.applied_at is None


def test_a_page_is_asked_for_with_a_reason(as_, reviewer, change, curriculum):
    client, url = as_(reviewer), reverse("reports:retrain-page", args=[curriculum.lessons[0].pk])
    assert "This field is required." in words(confirm(client, url))
    page = words(confirm(client, url, reason="Card 3 was wrong"))
    assert "Why: Card 3 was wrong" in page
    made = Change.objects.get(page_key=curriculum.lessons[0].translation_key)
    assert (made.kind, made.people_asked, made.made_by) == ("retrain", 1, reviewer)


def test_a_page_keeps_the_reason_when_the_numbers_have_changed(as_, reviewer, change, curriculum):
    url = reverse("reports:retrain-page", args=[curriculum.module.pk])
    page = words(confirm(as_(reviewer), url, reason="Card 3 was wrong", expected="x"))
    assert "Card 3 was wrong" in page
    assert not Change.objects.filter(fact=None).exists()


def test_a_page_that_nobody_learned_offers_nothing(as_, reviewer, change, curriculum):
    page = words(as_(reviewer).get(reverse("reports:retrain-page", args=[curriculum.lessons[1].pk])))
    assert "there is nobody to ask" in page
    assert "to learn again</em>" not in page


def test_only_lessons_and_modules_are_learned_again(as_, reviewer, curriculum):
    assert as_(reviewer).get(reverse("reports:retrain-page", args=[curriculum.quiz.pk])).status_code == 404


def test_a_minor_change_asks_nobody(as_, reviewer, change, address):
    Change.objects.update(kind="minor")
    assert as_(reviewer).get(address).status_code == 404


@pytest.mark.parametrize("who", ["trainer", "hr", "observer", "learner"])
def test_others_ask_nobody(as_, who, address, change, curriculum, request):
    client = as_(request.getfixturevalue(who))
    for url in (address, reverse("reports:retrain-page", args=[curriculum.lessons[0].pk])):
        assert client.get(url).status_code in (302, 403)
        assert client.post(url, {"expected": "x"}).status_code in (302, 403)
    change.refresh_from_db()
    assert change.applied_at is None


def test_administrators_may(as_, administrator, address):
    assert as_(administrator).get(address).status_code == 200


def test_sign_in_and_methods(client, reviewer, address):
    assert client.get(address).status_code == 302
    client.force_login(reviewer)
    assert client.put(address).status_code == 405


def test_buttons_lead_there(as_, reviewer, trainer, change, address, curriculum):
    fact = reverse("wagtailsnippets_curriculum_fact:edit", args=[change.fact_id])
    lesson = reverse("wagtailadmin_pages:edit", args=[curriculum.lessons[0].pk])
    again = reverse("reports:retrain-page", args=[curriculum.lessons[0].pk])
    client = as_(reviewer)
    assert address in words(client.get(fact))
    assert again in words(client.get(lesson))
    client = as_(trainer)
    assert address not in words(client.get(fact))
    assert again not in words(client.get(lesson))
