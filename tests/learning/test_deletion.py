import pytest
from django.urls import reverse
from wagtail.models import Page

from lms.learning.deletion import carries_records
from lms.learning.services import enrol, keep_place
from tests.factories.content import card, make_lesson, translate
from tests.factories.learning import make_completion


@pytest.fixture
def editor(client, administrator):
    client.force_login(administrator)
    return client


def delete(client, page):
    return client.post(reverse("wagtailadmin_pages:delete", args=(page.pk,)), follow=True)


def test_deletion_of_a_unit_that_someone_needs_is_refused_in_a_sentence(editor, learner, curriculum):
    enrol(learner, curriculum.programme)
    response = delete(editor, curriculum.lessons[0])
    assert response.status_code == 200
    assert "people have learned with it" in response.content.decode()
    assert Page.objects.filter(pk=curriculum.lessons[0].pk).exists()


def test_deletion_of_an_ancestor_is_refused(editor, learner, curriculum):
    enrol(learner, curriculum.programme)
    for page in (curriculum.module, curriculum.shelf, curriculum.programme, curriculum.home):
        delete(editor, page)
        assert Page.objects.filter(pk=page.pk).exists(), page


def test_deletion_of_an_alias_is_refused_too(editor, learner, curriculum):
    translate(curriculum, "sw")
    enrol(learner, curriculum.programme)
    alias = curriculum.lessons[0].get_translations().get(locale__language_code="sw")
    delete(editor, alias)
    assert Page.objects.filter(pk=alias.pk).exists()


def test_bulk_deletion_is_refused_as_a_whole(editor, learner, curriculum):
    make_completion(learner, curriculum.lessons[0])
    free = make_lesson(curriculum.module, "Nobody needs this", [card("text", text="<p>Words</p>")])
    address = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "delete"))
    query = f"?id={free.pk}&id={curriculum.lessons[0].pk}"
    response = editor.post(address + query, follow=True)
    assert "people have learned with it" in response.content.decode()
    assert Page.objects.filter(pk__in=[free.pk, curriculum.lessons[0].pk]).count() == 2


def test_deletion_of_what_nobody_needs_goes_through(editor, curriculum):
    free = make_lesson(curriculum.module, "Nobody needs this", [card("text", text="<p>Words</p>")])
    assert delete(editor, free).status_code == 200
    assert not Page.objects.filter(pk=free.pk).exists()


def test_a_place_is_a_record_too(learner, curriculum):
    assert not carries_records(curriculum.lessons[0])
    keep_place(learner, curriculum.lessons[0], card="x", position=1, of=1)
    assert carries_records(curriculum.lessons[0])
    assert carries_records(curriculum.module)
