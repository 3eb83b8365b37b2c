"""Translations of the starter curriculum: the files that translators get, and their way into the site."""

from io import StringIO

import polib
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from wagtail_localize.models import StringTranslation, Translation

from assessments.models import Question
from curriculum.models import LessonPage, ModulePage
from lms.starter.files import ContentError
from lms.starter.loader import load
from lms.starter.models import Loaded
from lms.starter.translations.loading import TOOL

pytestmark = pytest.mark.django_db

FACTS = """\
- {id: tb-f1, statement: TB is in the air., source: WHO, as_of: 2024, status: verified}
"""
MODULE = """\
source_id: tb
title: Tuberculosis
competency: You learn to ask about TB.
minutes: 20
lessons_order: [tb-l1]
"""
LESSON = """\
---
source_id: tb-l1
title: TB basics
minutes: 10
objective: You can say how TB passes.
---

## ask
A woman coughs. What do you do?

## table: Three words
| Word | Meaning |
|---|---|
| TB | an illness |

Facts: tb-f1

## summary
- It is in the **air**.
- It can be cured.

Facts: tb-f1
"""
QUIZ = """\
source_id: tb-quiz
title: Quiz
purpose: certifying
questions:
  - source_id: tb-q1
    type: gaps
    facts: [tb-f1]
    stem: Fill the gap.
    text: TB passes through the [[air]].
    extra: [water]
    why: It is in the air.
"""
WORDS = {
    "TB basics": "Noções de TB",
    "You can say how TB passes.": "Sabe dizer como passa a TB.",
    "A woman coughs. What do you do?": "Uma mulher tosse. O que faz?",
    "Three words": "Três palavras",
    "Word": "Palavra",
    "Meaning": "Significado",
    "TB": "Tuberculose",
    "an illness": "uma doença",
    "It is in the <strong>air</strong>.": "Está no <strong>ar</strong>.",
    "It can be cured.": "Tem cura.",
    "Fill the gap.": "Preencha o espaço.",
    "TB passes through the [[air]].": "A TB passa pelo [[ar]].",
    "water": "água",
    "It is in the air.": "Está no ar.",
}


@pytest.fixture
def folder(tmp_path):
    content = tmp_path / "content"
    (content / "tb").mkdir(parents=True)
    files = {"facts.yaml": FACTS, "module.yaml": MODULE, "l1-basics.md": LESSON, "quiz.yaml": QUIZ}
    for name, text in files.items():
        (content / "tb" / name).write_text(text, encoding="utf-8")
    load(content)
    export(content)
    return content


def export(folder, **options):
    to = folder / "translations" / "pt"
    call_command("export_translations", "tb", language="pt", to=to, stdout=StringIO(), **options)


def fill(folder, name: str, words=WORDS) -> None:
    path = folder / "translations" / "pt" / name
    po = polib.pofile(str(path))
    for entry in po:
        entry.msgstr = words.get(entry.msgid, entry.msgstr)
    po.save(str(path))


def edit(folder, name: str, old: str, new: str) -> None:
    path = folder / "translations" / "pt" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def portuguese(model, **fields):
    return model.objects.get(locale__language_code="pt", **fields)


def test_export_writes_one_file_a_page_and_one_for_the_questions(folder):
    names = sorted(path.name for path in (folder / "translations/pt").iterdir())
    assert names == ["tb-l1.po", "tb-questions.po", "tb-quiz.po", "tb.po"]
    entries = {entry.msgid: entry for entry in polib.pofile(str(folder / "translations/pt/tb-l1.po"))}
    assert set(entries) == {word for word in WORDS if word not in list(WORDS)[-4:]}
    lesson = LessonPage.objects.get(slug="tb-l1", locale__language_code="en")
    assert entries["an illness"].msgctxt == f"cards.{lesson.cards[1].id}.table.cell.0.1"
    assert "At most 250 characters" in entries["A woman coughs. What do you do?"].comment


def test_export_again_keeps_what_stands_in_the_file_also_where_a_card_has_moved(folder):
    fill(folder, "tb-l1.po")
    path = folder / "tb" / "l1-basics.md"
    path.write_text(path.read_text().replace("## ask", "## text: New\nA new card.\n\n## ask"), encoding="utf-8")
    load(folder)
    export(folder)
    po = polib.pofile(str(folder / "translations/pt/tb-l1.po"))
    assert {entry.msgid for entry in po if not entry.msgstr} == {"New", "A new card."}


def test_export_names_a_module_that_is_not_there(folder):
    with pytest.raises(CommandError, match="There is no module or page «hiv-999»"):
        call_command("export_translations", "hiv-999", language="pt", to=folder / "x")


def test_load_makes_real_pages_out_of_aliases(folder):
    fill(folder, "tb-l1.po")
    report = load(folder)
    assert report.created == ["tb-l1 (pt)"]
    lesson = portuguese(LessonPage, slug="tb-l1")
    assert lesson.alias_of_id is None
    assert lesson.live and lesson.live_revision_id == lesson.latest_revision_id
    assert lesson.title == "Noções de TB"
    assert lesson.cards[0].value["question"] == "Uma mulher tosse. O que faz?"
    table = lesson.cards[1].value["table"]
    assert [column["heading"] for column in table.columns] == ["Palavra", "Significado"]
    assert list(table.row_data[0]["values"]) == ["Tuberculose", "uma doença"]
    assert "Está no <strong>ar</strong>." in lesson.cards[2].value["text"].source
    assert [fact.code for fact in lesson.cards[2].value["facts"]] == ["tb-f1"]
    assert portuguese(ModulePage).alias_of_id
    rows = StringTranslation.objects.all()
    assert {(row.translation_type, row.tool_name) for row in rows} == {("machine", TOOL)}


def test_load_translates_questions(folder):
    fill(folder, "tb-questions.po")
    load(folder)
    question = portuguese(Question, code="tb-q1")
    assert question.live
    assert question.answer[0].value["text"] == "A TB passa pelo [[ar]]."
    assert [row.fact.code for row in question.cited_facts.all()] == ["tb-f1"]
    assert question.module.slug == "tb"


def test_load_twice_changes_nothing(folder):
    fill(folder, "tb-l1.po")
    fill(folder, "tb-questions.po")
    load(folder)
    before = list(Loaded.objects.order_by("pk").values()), list(StringTranslation.objects.order_by("pk").values())
    report = load(folder)
    assert not report.changed
    assert not report.left_alone
    assert before == (
        list(Loaded.objects.order_by("pk").values()),
        list(StringTranslation.objects.order_by("pk").values()),
    )


def test_load_waits_until_all_of_a_page_is_translated(folder):
    fill(folder, "tb-l1.po", {"TB basics": "Noções de TB"})
    report = load(folder)
    assert report.waiting == ["tb-l1 (pt): 9 of 10 texts are not translated"]
    assert portuguese(LessonPage).alias_of_id
    assert not load(folder).changed


def test_load_brings_a_changed_file_into_the_page(folder):
    fill(folder, "tb-l1.po")
    load(folder)
    fill(folder, "tb-l1.po", {"TB basics": "O que é a TB"})
    assert load(folder).updated == ["tb-l1 (pt)"]
    assert portuguese(LessonPage).title == "O que é a TB"


def test_load_does_not_put_back_a_translation_that_was_taken_down(folder):
    fill(folder, "tb-l1.po")
    load(folder)
    portuguese(LessonPage).unpublish()
    fill(folder, "tb-l1.po", {"TB basics": "O que é a TB"})
    assert len(load(folder).left_alone) == 1
    assert not portuguese(LessonPage).live


def test_load_does_not_translate_what_was_taken_down(folder):
    load(folder)
    LessonPage.objects.get(locale__language_code="en").unpublish()
    fill(folder, "tb-l1.po")
    assert len(load(folder).left_alone) == 1
    assert not portuguese(LessonPage).live


def test_load_leaves_an_alias_alone_that_waits_for_its_review(folder):
    load(folder)
    english = LessonPage.objects.get(locale__language_code="en")
    LessonPage.objects.filter(pk=portuguese(LessonPage).pk).update(latest_revision=english.latest_revision)
    fill(folder, "tb-l1.po")
    assert len(load(folder).left_alone) == 1
    assert portuguese(LessonPage).alias_of_id


def test_load_never_writes_over_what_a_person_translated(folder):
    fill(folder, "tb-l1.po")
    load(folder)
    row = StringTranslation.objects.get(data="Noções de TB")
    row.data, row.translation_type, row.tool_name = "Minha TB", "manual", ""
    row.save()
    fill(folder, "tb-l1.po", {"TB basics": "O que é a TB", "Word": "Termo"})
    report = load(folder)
    assert report.left_alone == ["tb-l1 (pt) (translated by people: 1 texts; publish it in the CMS)"]
    row.refresh_from_db()
    assert row.data == "Minha TB"
    assert StringTranslation.objects.get(data="Termo").translation_of.data == "Word"
    assert portuguese(LessonPage).title == "Noções de TB"


def test_load_leaves_a_translation_alone_that_was_changed_in_the_cms(folder):
    fill(folder, "tb-l1.po")
    load(folder)
    portuguese(LessonPage).save_revision()
    fill(folder, "tb-l1.po", {"TB basics": "O que é a TB"})
    report = load(folder)
    assert report.left_alone == ["tb-l1 (pt) (translated by people: 0 texts; publish it in the CMS)"]
    assert portuguese(LessonPage).title == "Noções de TB"


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ('"Noções de TB"', '"Noções de TB', 13, "is a quotation mark missing"),
        ('"Noções de TB"', f'"{"x" * 256}"', 9, "has 256 characters; at most 255 fit"),
        ("<strong>ar</strong>", "<div>ar</div>", None, "<div> tag is not allowed"),
        ('msgstr "Noções de TB"', 'msgstr[0] "Noções de TB"', 13, "plural forms are not used here"),
    ],
)
def test_a_broken_file_is_named_with_line_and_reason_and_nothing_is_changed(folder, old, new, line, reason):
    fill(folder, "tb-l1.po")
    fill(folder, "tb-questions.po")
    edit(folder, "tb-l1.po", old, new)
    with pytest.raises(ContentError) as raised:
        load(folder)
    assert f"tb-l1.po:{line or ''}" in str(raised.value)
    assert reason in str(raised.value)
    assert not Translation.objects.exists()


def test_a_question_that_would_break_its_rules_is_refused(folder):
    fill(folder, "tb-questions.po", WORDS | {"TB passes through the [[air]].": "A TB passa pelo ar."})
    with pytest.raises(ContentError, match=r"tb-questions\.po:\d+: «tb-q1 \(pt\)»"):
        load(folder)
    assert not Question.objects.filter(locale__language_code="pt").exists()


@pytest.mark.parametrize(("name", "words"), [("xx/tb-l1.po", "no language «xx»"), ("pt/nobody.po", "no «nobody»")])
def test_a_file_that_belongs_nowhere_is_named(folder, name, words):
    fill(folder, "tb-l1.po")
    target = folder / "translations" / name
    target.parent.mkdir(exist_ok=True)
    (folder / "translations/pt/tb-l1.po").rename(target)
    with pytest.raises(ContentError, match=words):
        load(folder)
