from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from assessments.handbook import contents, drawing, services
from assessments.models import Edition, Handbook
from curriculum.models import CountryValue, GlossaryTerm, Review
from curriculum.paper import press
from curriculum.services import withdraw
from tests.factories.content import make_programme, row

pytestmark = pytest.mark.django_db


def enqueued() -> int:
    return DBTaskResult.objects.filter(task_path=services.draw_handbook.module_path).count()


def test_asking_twice_draws_once(asked, quick_press):
    handbook = asked()
    assert (handbook.state, enqueued()) == ("waiting", 1)
    assert asked() == handbook
    assert enqueued() == 1
    assert services.draw_and_store(handbook.pk)
    assert not services.draw_and_store(handbook.pk)
    assert asked().state == "ready"
    assert enqueued() == 1


def test_it_is_kept_without_a_persons_name(asked, trainer, quick_press):
    services.draw_and_store(asked().pk)
    handbook = Handbook.objects.get()
    assert handbook.pages == 3
    assert handbook.pdf.name == f"handbooks/{handbook.pk.hex}.pdf"
    assert handbook.file_name.startswith("handbook-ke-en-learner-")
    assert trainer.family_name.encode() not in handbook.pdf.read()


def change_lesson(curriculum, **_people):
    curriculum.lessons[0].title = "Another title"
    curriculum.lessons[0].save_revision().publish()


def change_value(curriculum, **_people):
    CountryValue.objects.create(country_id="KE", key="infant_tests", value="at 6 weeks")


def change_fact(curriculum, **_people):
    curriculum.facts[0].save_revision()


def change_glossary(curriculum, **_people):
    GlossaryTerm.objects.create(code="art", term="ART", explanation="HIV medicine.", locale=curriculum.home.locale)


def review(curriculum, reviewer, **_people):
    Review.objects.record(curriculum.lessons[0].live_revision, reviewer, months=12)


def take_away(curriculum, trainer, **_people):
    withdraw(curriculum.lessons[0], by=trainer, reason="Wrong.")


CHANGES = [change_lesson, change_value, change_fact, change_glossary, review, take_away]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_changed_content_is_another_handbook(asked, curriculum, trainer, reviewer, change):
    before = asked()
    change(curriculum=curriculum, trainer=trainer, reviewer=reviewer)
    assert asked() != before


def test_question_changes_the_facilitators_edition_only(asked, curriculum):
    learners, facilitators = asked(), asked(Edition.FACILITATOR)
    curriculum.questions[0].save_revision().publish()
    assert asked() == learners
    assert asked(Edition.FACILITATOR) != facilitators


def test_what_was_published_while_it_waited_is_printed_too(asked, curriculum, quick_press):
    handbook = asked()
    change_lesson(curriculum)
    assert services.draw_and_store(handbook.pk)
    handbook.refresh_from_db()
    assert b"Another title" in handbook.pdf.read()
    assert asked() == handbook


def test_content_that_another_handbook_holds_is_not_drawn_twice(asked, curriculum, quick_press):
    older = asked()
    change_lesson(curriculum)
    newer = asked()
    assert services.draw_and_store(newer.pk)
    assert not services.draw_and_store(older.pk)
    older.refresh_from_db()
    assert "changed while this handbook was made" in older.failed_reason


def test_content_that_changes_while_it_is_read_is_not_drawn(asked, curriculum, quick_press, monkeypatch):
    def read(*args):
        change_lesson(curriculum)
        return book(*args)

    book = contents.book
    monkeypatch.setattr(contents, "book", read)
    assert not services.draw_and_store(asked().pk)


def test_subject_that_is_gone_is_told(asked, curriculum, quick_press):
    handbook = asked()
    curriculum.module.unpublish()
    assert not services.draw_and_store(handbook.pk)
    handbook.refresh_from_db()
    assert "nothing to print" in handbook.failed_reason


@pytest.mark.parametrize(
    ("error", "said"), [(press.MissingLibrary("Install Pango."), "Install Pango."), (ValueError("x"), "Try again")]
)
def test_failure_is_told_and_tried_again_on_asking(asked, monkeypatch, error, said):
    def broken(*args, **kwargs):
        raise error

    monkeypatch.setattr(drawing, "draw", broken)
    handbook = asked()
    assert not services.draw_and_store(handbook.pk)
    handbook.refresh_from_db()
    assert said in handbook.failed_reason
    assert asked().state == "waiting"
    assert enqueued() == 2


def test_progress_is_written_down(asked, monkeypatch):
    def slow(html, style, on_page):
        on_page(7)
        assert Handbook.objects.get().laid_out == 7
        return press.Pressed(b"%PDF", 9)

    monkeypatch.setattr(services, "BETWEEN_NOTES", 0)
    monkeypatch.setattr(press, "press", slow)
    assert services.draw_and_store(asked().pk)


def test_what_a_kill_left_behind_is_drawn_again_but_not_for_ever(asked):
    handbook = asked()
    DBTaskResult.objects.all().delete()
    services.sweep()
    assert enqueued() == 0
    long_ago = timezone.now() - services.PATIENCE - timedelta(seconds=1)
    Handbook.objects.update(seen_at=long_ago, tries=services.MOST_TRIES)
    services.sweep()
    services.sweep()
    assert enqueued() == 1
    assert not services.draw_and_store(handbook.pk)
    handbook.refresh_from_db()
    assert "cut off 3 times" in handbook.failed_reason


def test_what_nobody_asks_for_is_forgotten_with_its_file(asked, quick_press):
    handbook = asked()
    services.draw_and_store(handbook.pk)
    handbook.refresh_from_db()
    services.sweep()
    assert Handbook.objects.exists()
    Handbook.objects.update(asked_at=timezone.now() - services.KEPT_FOR - timedelta(days=1))
    services.sweep()
    assert not Handbook.objects.exists()
    assert not handbook.pdf.storage.exists(handbook.pdf.name)


def test_programme_that_asks_for_nothing_there_is_not_printed(asked, curriculum, lesotho):
    programme = make_programme(curriculum.home, [row(curriculum.module, countries=["KE"])], title="Second", code="two")
    with pytest.raises(services.NothingToPrint):
        asked(subject=programme, country=lesotho)
    assert not Handbook.objects.exists()
