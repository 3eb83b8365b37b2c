import shutil
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from wagtail.models import Page

from assessments.models import Question
from curriculum.models import CountryValue, Fact, LessonPage, ModulePage, ProgrammePage
from lms.core.models import Country
from lms.learning.services import enrol
from lms.starter.files import ContentError
from lms.starter.library import CONTENT
from lms.starter.loader import load
from lms.starter.models import Loaded
from tests.factories.starter import short_library

pytestmark = pytest.mark.django_db
PROGRAMMES = {"P-FOUNDATION", "P-VISITS", "P-IPHC", "P-REFRESH", "P-MW-CHW"}


@pytest.fixture
def folder(tmp_path):
    """A copy of one module, small enough to change."""
    copy = tmp_path / "content"
    shutil.copytree(CONTENT / "malaria", copy / "malaria")
    return copy


def edit(path: Path, old: str, new: str):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_load_puts_every_file_into_the_cms_live():
    report = load()
    assert not report.left_alone
    english = LessonPage.objects.filter(locale__language_code="en")
    assert english.count() == english.live().count() == 76
    assert Question.objects.filter(live=True, locale__language_code="en").count() == 254
    assert Fact.objects.count() == 447
    assert {page.code for page in ProgrammePage.objects.filter(locale__language_code="en")} == PROGRAMMES
    lesson = english.get(slug="tb-l2-screen")
    assert [fact.code for fact in lesson.cards[2].value["facts"]] == ["tb-f7"]
    assert lesson.get_parent().specific == ModulePage.objects.get(slug="tb", locale__language_code="en")


def test_load_twice_changes_nothing(folder):
    load(folder)
    before = list(Page.objects.order_by("pk").values_list("pk", "latest_revision_id", "last_published_at"))
    report = load(folder)
    assert not report.created
    assert not report.updated
    assert list(Page.objects.order_by("pk").values_list("pk", "latest_revision_id", "last_published_at")) == before


def test_load_gives_every_language_an_alias_with_the_same_key(folder):
    load(folder)
    lesson = LessonPage.objects.get(slug="malaria-l1-prevent", locale__language_code="en")
    others = lesson.get_translations()
    assert sorted(page.locale.language_code for page in others) == ["fr", "pt", "sw"]
    assert all(page.alias_of_id == lesson.pk and page.slug == lesson.slug for page in others)


def test_load_brings_a_changed_file_into_the_page(folder):
    load(folder)
    edit(folder / "malaria/l1-prevent.md", "minutes: 15", "minutes: 16")
    report = load(folder)
    assert report.updated == ["malaria-l1-prevent"]
    assert LessonPage.objects.filter(slug="malaria-l1-prevent", minutes=16).count() == 4


def test_load_leaves_alone_what_an_editor_changed(folder):
    load(folder)
    lesson = LessonPage.objects.get(slug="malaria-l1-prevent", locale__language_code="en")
    lesson.title = "The trainer's title"
    lesson.save_revision().publish()
    edit(folder / "malaria/l1-prevent.md", "minutes: 15", "minutes: 16")
    report = load(folder)
    assert report.left_alone == ["malaria-l1-prevent (changed in the CMS)"]
    lesson.refresh_from_db()
    assert (lesson.title, lesson.minutes) == ("The trainer's title", 15)


def test_load_leaves_alone_an_edited_question_and_fact(folder):
    load(folder)
    question = Question.objects.get(code="malaria-q1")
    question.stem = "The trainer's question"
    question.save_revision().publish()
    fact = Fact.objects.get(code="malaria-f1")
    fact.statement = "The reviewer's words"
    fact.save()
    fact.save_revision()
    edit(folder / "malaria/quiz.yaml", "You work in a malaria area.", "You work by a lake.")
    edit(folder / "malaria/facts.yaml", "id: malaria-f1\n", "id: malaria-f1\n  note: other\n")
    report = load(folder)
    assert set(report.left_alone) == {"malaria-q1 (changed in the CMS)", "malaria-f1 (changed in the CMS)"}
    question.refresh_from_db()
    assert question.stem == "The trainer's question"


def test_load_does_not_put_back_what_was_taken_down(folder):
    load(folder)
    lesson = LessonPage.objects.get(slug="malaria-l1-prevent", locale__language_code="en")
    lesson.unpublish()
    path = next(path for path in folder.glob("malaria/l*.md") if "malaria-l1-prevent" in path.read_text())
    edit(path, "title: ", "title: New ")
    assert load(folder).left_alone == ["malaria-l1-prevent (taken down in the CMS)"]
    lesson.refresh_from_db()
    assert not lesson.live


def test_load_does_not_bring_back_what_an_editor_deleted(folder):
    load(folder)
    Page.objects.get(slug="malaria-l1-prevent", locale__language_code="en").delete()
    report = load(folder)
    assert report.left_alone == ["malaria-l1-prevent (deleted in the CMS)"]
    assert not LessonPage.objects.filter(slug="malaria-l1-prevent", locale__language_code="en").exists()


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("l1-prevent.md", "## ask", "## aks", "l1-prevent.md:8: unknown kind"),
        ("l1-prevent.md", "Facts: malaria-f1\n", "Facts: malaria-f99\n", "which no facts.yaml holds"),
        ("quiz.yaml", "type: ordering", "type: shuffling", "«malaria-q7»"),
        ("quiz.yaml", "source_id: malaria-q2", "source_id: malaria-q1", "used twice"),
        ("module.yaml", "malaria-l1-prevent", "malaria-l1-prevented", "differ"),
        ("module.yaml", "title:", "titel:", "«title» is missing"),
        ("c13-malaria-rdt-referral.yaml", "statement:", "statement: &x [", "not valid YAML"),
    ],
)
def test_load_refuses_a_broken_file_and_writes_nothing(folder, file, old, new, words):
    edit(folder / "malaria" / file, old, new)
    pages = Page.objects.count()
    with pytest.raises(ContentError) as error:
        load(folder)
    assert words in str(error.value)
    assert Page.objects.count() == pages
    assert not Fact.objects.exists()
    assert not Loaded.objects.exists()


def test_load_refuses_a_question_that_hides_its_critical_fact(folder):
    edit(folder / "malaria/quiz.yaml", "critical: true", "critical: false")
    with pytest.raises(ContentError, match="must be critical"):
        load(folder)


def test_command_says_file_and_fault(folder):
    edit(folder / "malaria/l1-prevent.md", "## ask", "## aks")
    with pytest.raises(CommandError, match=r"Nothing was loaded\. .*l1-prevent\.md:8"):
        call_command("load_starter", folder=folder)


def test_programme_has_no_malaria_for_lesotho_and_what_waited_waits_for_tb(tmp_path):
    load(short_library(tmp_path))
    programme = ProgrammePage.objects.get(code="P-TOUR", locale__language_code="en")

    def rows(code):
        return {row.target.slug: row.after for row in programme.rows_for(Country.objects.get(code=code))}

    tb = str(Page.objects.get(slug="tb", locale__language_code="en").translation_key)
    malaria = str(Page.objects.get(slug="malaria", locale__language_code="en").translation_key)
    assert rows("KE")["ncd"] == (malaria,)
    assert rows("LS")["ncd"] == (tb,)
    assert set(rows("KE")) - set(rows("LS")) == {"malaria", "c13-malaria-rdt-referral"}


def test_country_values_are_hints_until_confirmed(tmp_path):
    load(short_library(tmp_path))
    assert CountryValue.objects.exists()
    assert not CountryValue.objects.confirmed().exists()


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("{key: iptp_sp_used, value: x}", "«country» is missing"),
        ("{country: ZZ, key: iptp_sp_used, value: x}", "«ZZ iptp_sp_used»"),
        ("{country: KE, key: nonsense, value: x}", "«KE nonsense»"),
    ],
)
def test_a_country_value_that_cannot_be_kept_is_named(folder, row, words):
    (folder / "country-values.yaml").write_text(f"- {row}\n")
    with pytest.raises(ContentError, match="country-values.yaml") as refusal:
        load(folder)
    assert words in str(refusal.value)


def test_a_programme_that_replaces_another_is_the_same_page(tmp_path, learner):
    folder = short_library(tmp_path)
    load(folder)
    old = ProgrammePage.objects.get(code="P-TOUR", locale__language_code="en")
    enrolment = enrol(learner, old)
    file = folder / "programmes/p-tour.yaml"
    edit(file, "source_id: p-tour\ncode: P-TOUR", "source_id: p-new\nreplaces: p-tour\nversion: 2\ncode: P-NEW")
    assert load(folder).updated == ["p-new"]
    new = ProgrammePage.objects.get(code="P-NEW", locale__language_code="en")
    assert (new.translation_key, new.version) == (old.translation_key, 2)
    enrolment.refresh_from_db()
    assert (enrolment.programme_code, enrolment.programme_version) == ("P-TOUR", 1)
    assert not load(folder).changed


def test_a_programme_comes_after_one_that_is_there(tmp_path):
    folder = short_library(tmp_path)
    edit(folder / "programmes/p-tour.yaml", "rows:", "firsts: [{programme: p-nowhere}]\nrows:")
    with pytest.raises(ContentError, match="p-nowhere"):
        load(folder)
