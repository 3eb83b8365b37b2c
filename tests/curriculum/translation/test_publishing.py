"""Who puts a translation before learners: reviewers only, by whatever way."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext, override
from wagtail.models import Page

from assessments.models import Question
from curriculum.models import MachineTexts, Review
from curriculum.queries import standing
from curriculum.translation import services
from tests.factories.content import make_question

from .conftest import edit_url, put, target, write


def submit(client, page, locale):
    return client.post(reverse("wagtail_localize:submit_page_translation", args=[page.pk]), {"locales": [locale.pk]})


def test_opening_a_page_leaves_learners_the_english(client, trainer, lesson, portuguese):
    client.force_login(trainer)
    assert submit(client, lesson, portuguese).status_code == 302
    page = lesson.get_translation(portuguese)
    assert page.alias_of_id == lesson.pk
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "js-translation-editor" in shown
    assert "0 of" in shown and "texts are translated." in shown


def test_opening_a_module_opens_what_is_below_it(client, trainer, lesson, curriculum, portuguese):
    client.force_login(trainer)
    url = reverse("wagtail_localize:submit_page_translation", args=[curriculum.module.pk])
    client.post(url, {"locales": [portuguese.pk], "include_subtree": "on"})
    assert "js-translation-editor" in client.get(edit_url_of(lesson, portuguese)).content.decode()


def edit_url_of(page, locale):
    return reverse("wagtailadmin_pages:edit", args=[page.get_translation(locale).pk])


def test_hr_opens_nothing(client, hr, lesson, portuguese):
    client.force_login(hr)
    response = submit(client, lesson, portuguese)
    assert response.status_code in (302, 403)
    assert not lesson.get_translation(portuguese).latest_revision_id


def test_a_trainer_publishes_by_no_way(client, trainer, by_machine):
    client.force_login(trainer)
    client.post(edit_url(by_machine), {"action": "publish"})
    update = reverse("wagtail_localize:update_translations", args=[by_machine.source_id])
    assert "publish_translations" not in client.get(update).content.decode()
    client.post(update, {"publish_translations": "on"})
    page = target(by_machine)
    assert page.alias_of_id
    assert page.title == by_machine.source.get_source_instance().title


def test_a_trainer_takes_no_translation_from_learners(client, trainer, reviewer, by_machine, live_translation):
    client.force_login(trainer)
    client.post(reverse("wagtail_localize:convert_to_alias", args=[live_translation.pk]))
    live_translation.refresh_from_db()
    assert live_translation.alias_of_id is None
    client.force_login(reviewer)
    client.post(reverse("wagtail_localize:convert_to_alias", args=[live_translation.pk]))
    live_translation.refresh_from_db()
    assert live_translation.alias_of_id


@pytest.fixture
def live_translation(client, reviewer, by_machine, django_capture_on_commit_callbacks):
    """Published by the reviewer from the side by side, as the machine wrote it."""
    client.force_login(reviewer)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(edit_url(by_machine), {"action": "publish"})
    return target(by_machine)


def test_a_reviewer_publishes_and_learners_are_told_of_the_machine(client, live_translation, learner):
    assert live_translation.alias_of_id is None
    assert live_translation.title.startswith("PT ")
    assert standing(live_translation).by_machine
    assert standing(live_translation).reviewed_on is None
    with override("pt"):
        mark = gettext("Machine translation, not yet reviewed")
    assert mark in client.get(live_translation.url).content.decode()


def test_the_mark_goes_when_people_have_confirmed_and_it_is_published_again(
    client, reviewer, by_machine, live_translation, django_capture_on_commit_callbacks
):
    assert services.confirm(by_machine, by=reviewer) == MachineTexts.objects.get().count
    assert standing(live_translation).by_machine
    with django_capture_on_commit_callbacks(execute=True):
        client.post(edit_url(by_machine), {"action": "publish"})
    assert not standing(target(by_machine)).by_machine


def test_sent_to_review_nothing_changes_for_learners(trainer, by_machine):
    services.send_to_review(by_machine, by=trainer)
    page = target(by_machine)
    assert page.alias_of_id
    assert page.workflow_in_progress
    assert page.latest_revision.as_object().title.startswith("PT ")
    source = by_machine.source.get_source_instance()
    source.title = "A better title"
    source.save_revision().publish()
    assert Page.objects.get(pk=page.pk).title == "A better title"


def test_an_approval_publishes_dates_the_review_and_takes_the_mark_away(client, trainer, reviewer, by_machine):
    services.send_to_review(by_machine, by=trainer)
    page = target(by_machine)
    client.force_login(reviewer)
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", page.current_workflow_task_state.pk])
    client.post(url, {"comment": "Compared line by line."})
    page = target(by_machine)
    assert page.live and page.alias_of_id is None
    assert page.title.startswith("PT ")
    assert Review.objects.get().revision_id == page.live_revision_id
    assert MachineTexts.objects.get(revision=page.live_revision_id)
    assert standing(page).reviewed_on
    assert not standing(page).by_machine


def test_changes_asked_for_it_is_sent_again(client, trainer, reviewer, by_machine):
    state = services.send_to_review(by_machine, by=trainer)
    page = target(by_machine)
    client.force_login(reviewer)
    task = page.current_workflow_task_state
    client.post(
        reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "reject", task.pk]), {"comment": "Say «teste»."}
    )
    client.force_login(trainer)
    url = reverse("translations:one", args=[by_machine.pk])
    assert "Say «teste»." in client.get(url).content.decode()
    client.post(url, {"do": "send"})
    state.refresh_from_db()
    assert state.status == state.STATUS_IN_PROGRESS
    assert not Review.objects.exists()


def test_what_is_unfinished_or_with_a_reviewer_is_not_sent(trainer, begun):
    with pytest.raises(services.Unfinished) as raised:
        services.send_to_review(begun, by=trainer)
    assert raised.value.missing == begun.get_progress()[0]


def test_sent_twice_it_waits_once(trainer, by_machine):
    services.send_to_review(by_machine, by=trainer)
    with pytest.raises(services.WithReviewer):
        services.send_to_review(by_machine, by=trainer)


def test_a_text_that_does_not_fit_is_kept_and_not_used(client, trainer, by_machine):
    client.force_login(trainer)
    path = by_machine.source.get_source_instance().cards[0].id + ".question"
    answer = put(client, by_machine, "x" * 300, f"cards.{path}")
    assert answer.json()["error"].endswith("has 300 characters; at most 250 fit.")
    with pytest.raises(services.Unfinished):
        services.send_to_review(by_machine, by=trainer)
    assert put(client, by_machine, "O que pergunta?", f"cards.{path}").json()["error"] is None


def test_a_title_that_does_not_fit_is_no_server_error(client, trainer, by_machine):
    client.force_login(trainer)
    answer = put(client, by_machine, "x" * 300)
    assert answer.status_code in (200, 422)  # a strict database keeps nothing of it
    assert client.get(edit_url(by_machine)).status_code == 200


def test_a_text_without_words_is_no_server_error(client, trainer, begun):
    client.force_login(trainer)
    segment = begun.source.stringsegment_set.first()
    address = reverse("wagtail_localize:edit_string_translation", args=[begun.pk, segment.pk])
    assert client.put(address).status_code == 400
    assert client.get(address).status_code == 405


@pytest.mark.parametrize(("who", "status"), [("trainer", 200), ("reviewer", 200), ("hr", 302), ("learner", 302)])
def test_the_page_of_one_translation(client, who, status, begun, request):
    client.force_login(request.getfixturevalue(who))
    url = reverse("translations:one", args=[begun.pk])
    assert client.get(url).status_code == status
    assert client.put(url).status_code in (405, 302)
    assert client.get(reverse("translations:one", args=[99999])).status_code in (404, 302)


def test_confirmed_twice_the_second_finds_nothing(client, trainer, by_machine):
    client.force_login(trainer)
    url = reverse("translations:one", args=[by_machine.pk])
    for _time in range(2):
        client.post(url, {"do": "confirm"})
    assert services.queries.by_machine(by_machine.source.object_id, by_machine.target_locale_id).count() == 0


def test_a_question_goes_the_same_way(client, trainer, reviewer, curriculum, portuguese):
    question = Question.objects.get(code="tb-q1")
    begun = services.begin(question, [portuguese], by=trainer)[0]
    assert not question.get_translation(portuguese).live
    write(begun)
    client.force_login(trainer)
    client.post(reverse("translations:one", args=[begun.pk]), {"do": "send"})
    waiting = question.get_translation(portuguese)
    state = waiting.current_workflow_task_state
    client.force_login(reviewer)
    shown = client.get(reverse("reviews:screen", args=[state.pk])).content.decode()
    assert "Beside the English" in shown and "PT How long" in shown
    url = question.snippet_viewset.get_url_name("workflow_action")
    client.post(reverse(url, args=[waiting.pk, "approve", state.pk]), {"comment": ""})
    waiting.refresh_from_db()
    assert waiting.live and waiting.stem.startswith("PT How long")
    assert Review.objects.get().revision_id == waiting.live_revision_id


def test_a_question_whose_gaps_are_lost_goes_nowhere(client, trainer, reviewer, curriculum, portuguese):
    gaps = {"type": "gaps", "text": "TB passes through the [[air]].", "extra": ["water"], "stem": "Fill.", "why": "So."}
    question = make_question("tb-q9", gaps, facts=curriculum.facts[:1])
    begun = services.begin(question, [portuguese], by=trainer)[0]
    write(begun, text="A TB passa pelo ar.")
    with pytest.raises(services.Faulty):
        services.send_to_review(begun, by=trainer)
    client.force_login(reviewer)
    target_url = question.snippet_viewset.get_url_name("edit")
    response = client.post(reverse(target_url, args=[target(begun).pk]), {"action": "publish"}, follow=True)
    assert "Not published" in response.content.decode()
    assert not target(begun).live
