"""What staff find in the admin: pages by the words of their cards, and without waiting for a night."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from modelsearch.tasks import insert_or_update_object_task

from tests.factories.content import card


def found(client, words: str) -> list[str]:
    page = client.get(reverse("wagtailadmin_pages:search"), {"q": words})
    return [one.title for one in page.context["pages"]]


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("chest clinic", ["What TB is"]),
        ("passes thro", ["What TB is"]),
        ("every contact", ["Ask everyone", "Screen for TB"]),
        ("printed aid", ["Tuberculosis"]),
        ("Reads the rapid test", ["Screen for TB"]),
        ("nowhere", []),
    ],
)
def test_pages_are_found_by_the_words_of_their_cards_and_steps(client, trainer, curriculum, words, titles):
    curriculum.module.job_aid = [card("text", text="<p>The printed aid.</p>")]
    curriculum.module.save()
    call_command("update_index", verbosity=0)
    client.force_login(trainer)
    assert sorted(found(client, words)) == titles


def test_a_saved_page_is_found_when_the_worker_has_run(client, trainer, curriculum):
    DBTaskResult.objects.all().delete()
    page = curriculum.lessons[1]
    page.cards = [card("text", text="<p>Umbrella words.</p>")]
    page.save_revision().publish()
    for queued in DBTaskResult.objects.filter(task_path=insert_or_update_object_task.module_path):
        queued.task.func(*queued.args_kwargs["args"])
    client.force_login(trainer)
    assert found(client, "umbrella") == ["Ask everyone"]


def test_other_lists_that_search_are_offered_to_who_may_see_them(client, trainer, hr, curriculum):
    lists = [
        f"/cms/snippets/{name}/?q=cough"
        for name in ("curriculum/fact", "assessments/question", "curriculum/glossaryterm")
    ]
    for person, shown in ((trainer, True), (hr, False)):
        client.force_login(person)
        page = client.get(reverse("wagtailadmin_pages:search"), {"q": "cough"}).content.decode()
        assert [address in page for address in lists] == [shown] * 3
