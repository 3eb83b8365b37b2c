"""Question tags in the menu."""

from django.urls import reverse

from assessments.models import Tag
from tests.assessments.staff.bank import sign_in, text
from tests.assessments.test_sections import ask, draw, quiz_of

LIST = "question-tags:index"


def test_trainer_renames_a_tag_and_draws_still_find_it(staff, curriculum):
    ask("d-q1", tags=["signs"])
    quiz = quiz_of(curriculum, draw(1, tags=["signs"]))
    tag = Tag.objects.get()
    assert "signs" in text(staff.get(reverse(LIST)))
    staff.post(reverse("question-tags:edit", args=[tag.pk]), {"name": "danger signs"})
    tag.refresh_from_db()
    assert (tag.name, tag.slug) == ("danger signs", "signs")
    assert quiz.size_for("KE") == 1


def test_new_tag_has_an_address(staff, db):
    staff.post(reverse("question-tags:add"), {"name": "Danger signs"})
    assert Tag.objects.get().slug == "danger-signs"


def test_tag_that_a_quiz_draws_by_is_not_deleted(editor, curriculum):
    ask("d-q1", tags=["signs"])
    ask("d-q2", tags=["other"])
    quiz_of(curriculum, draw(1, tags=["signs"]))
    signs, other = Tag.objects.get(slug="signs"), Tag.objects.get(slug="other")
    for method in (editor.get, editor.post):
        page = text(method(reverse("question-tags:delete", args=[signs.pk]), follow=True))
        assert "“signs” cannot be deleted: the quiz “Drawn” draws by it." in page
    editor.post(reverse("question-tags:delete", args=[other.pk]))
    assert list(Tag.objects.all()) == [signs]


def test_tags_are_the_trainers_room(client, learner, hr, staff, curriculum):
    for person in (learner, hr):
        sign_in(client, person)
        assert client.get(reverse(LIST)).status_code in (302, 403)
