"""From a file to drafts: nothing before the commit, all or nothing at it, once."""

import pytest
from django.core.files.storage import default_storage
from wagtail.images import get_image_model

from assessments import services
from assessments.exchange import bank, formats
from assessments.exchange.preview import preview
from assessments.models import Question, QuestionImport, Tag
from tests.factories.assessments import QUESTIONS
from tests.factories.content import make_question, make_quiz

from .drafts import FILES, VALUES, draft, read_file

pytestmark = pytest.mark.django_db


def keep(data: bytes, name: str, by) -> QuestionImport:
    return services.keep_import(formats.read(data, name), file_name=name, language="en", by=by)


def stored_files() -> list[str]:
    folder = "original_images"
    return sorted(default_storage.listdir(folder)[1]) if default_storage.exists(folder) else []


def numbers(row: QuestionImport) -> set[int]:
    return set(range(1, len(row.drafts) + 1))


def test_nothing_is_made_before_the_commit(trainer, curriculum):
    row = keep(b"It is so.{T}", "x.txt", trainer)
    assert preview(row).fresh and not Question.objects.filter(stem="It is so.").exists()


def test_commit_makes_drafts_with_all_that_the_file_says(trainer, curriculum):
    sent = draft("single", module=curriculum.module.title, facts=["tb-f1"], language="")
    row = keep(formats.FORMATS["moodle_xml"].file([sent]), "x.xml", trainer)
    (made,) = services.commit_import(row, take={1}, by=trainer)
    made = Question.objects.get(pk=made.pk)
    assert not made.live and made.revisions.count() == 1 and made.latest_revision.user == trainer
    assert (made.code, made.stem, made.case, made.why) == (sent.code, sent.stem, sent.case, sent.why)
    assert (made.difficulty, made.critical, made.countries) == (3, True, ["KE", "ZM"])
    assert made.module == curriculum.module
    assert sorted(made.tags.names()) == ["air]", "week 1"]
    assert [cited.fact.code for cited in made.cited_facts.all()] == ["tb-f1"]
    assert [option["weight"] for option in made.answer[0].value["options"]] == [None, None, 50]
    row.refresh_from_db()
    assert row.made == [made.pk] and row.committed_at and row.drafts == []


def test_lines_of_an_answer_have_ids_so_that_they_can_be_translated(trainer, curriculum):
    row = keep(formats.FORMATS["moodle_xml"].file([draft("single", facts=[], language="")]), "x.xml", trainer)
    (made,) = services.commit_import(row, take={1}, by=trainer)
    options = Question.objects.get(pk=made.pk).answer.raw_data[0]["value"]["options"]
    assert len({option["id"] for option in options}) == len(options)


@pytest.mark.parametrize("type_", VALUES)
def test_every_type_becomes_a_question_that_an_editor_would_let_pass(type_, trainer, curriculum):
    sent = draft(type_, module="", facts=[], language="")
    row = keep(formats.FORMATS["moodle_xml"].file([sent]), "x.xml", trainer)
    (made,) = services.commit_import(row, take={1}, by=trainer)
    made = Question.objects.get(pk=made.pk)
    assert made.type_name == type_
    Question.answer.field.stream_block.clean(made.answer)
    made.full_clean()


@pytest.mark.parametrize("name", ["every-feature.gift.txt", "every-feature.xml"])
def test_whole_files_are_made_and_exported_again(name, trainer, curriculum):
    row = keep((FILES / name).read_bytes(), name, trainer)
    made = services.commit_import(row, take=numbers(row), by=trainer)
    assert len(made) == len(read_file(name).drafts)
    xml = formats.FORMATS["moodle_xml"]
    first = xml.file(bank.drafts_of(made))
    assert len(formats.read(first).drafts) == len(made)
    assert xml.file(formats.read(first).drafts) == first


def test_a_second_commit_makes_nothing_more(trainer, curriculum):
    row = keep(b"It is so.{T}", "x.txt", trainer)
    services.commit_import(row, take={1}, by=trainer)
    with pytest.raises(services.AlreadyImported):
        services.commit_import(row, take={1}, by=trainer)
    assert Question.objects.filter(stem="It is so.").count() == 1


def test_a_file_that_was_thrown_away_meanwhile_makes_nothing(trainer, curriculum):
    row = keep(b"It is so.{T}", "x.txt", trainer)
    services.discard_import(QuestionImport.objects.get(pk=row.pk))
    with pytest.raises(services.ThrownAway):
        services.commit_import(row, take={1}, by=trainer)


def test_what_fails_on_the_way_leaves_nothing(trainer, curriculum, monkeypatch):
    row = keep((FILES / "every-feature.xml").read_bytes(), "x.xml", trainer)
    before = Question.objects.count(), Tag.objects.count(), stored_files()
    real, made = bank.make, []

    def stumbling(*args):
        if len(made) == 10:
            raise RuntimeError
        made.append(real(*args))
        return made[-1]

    monkeypatch.setattr("assessments.services.imports.make", stumbling)
    with pytest.raises(RuntimeError):
        services.commit_import(row, take=numbers(row), by=trainer)
    assert get_image_model().objects.count() == 0
    assert (Question.objects.count(), Tag.objects.count(), stored_files()) == before
    row.refresh_from_db()
    assert row.committed_at is None and row.drafts


def test_a_code_that_somebody_takes_at_the_same_moment_makes_nothing(trainer, curriculum, monkeypatch):
    row = keep(b"::t-b::It is so.{T}", "x.txt", trainer)
    make_question("t-b", QUESTIONS["true_false"] | {"stem": "Another."})
    monkeypatch.setattr(bank.Names, "codes", set())
    with pytest.raises(services.NamesGone, match="try again"):
        services.commit_import(row, take={1}, by=trainer)
    assert not Question.objects.filter(stem="It is so.").exists()


def test_nothing_chosen_is_said(trainer, curriculum):
    row = keep(b"It is so.{T}", "x.txt", trainer)
    with pytest.raises(services.NothingChosen):
        services.commit_import(row, take={7}, by=trainer)


def test_a_module_that_went_away_stops_the_commit(trainer, curriculum):
    sent = draft("true_false", module=curriculum.module.title, facts=[], language="")
    row = keep(formats.FORMATS["moodle_xml"].file([sent]), "x.xml", trainer)
    curriculum.module.title, curriculum.module.slug = "Another", "another"
    curriculum.module.save()
    with pytest.raises(services.NamesGone, match="no module"):
        services.commit_import(row, take={1}, by=trainer)
    assert not Question.objects.filter(code=sent.code).exists()


def test_codes_that_are_taken_get_a_number(trainer, curriculum):
    make_question("cure", QUESTIONS["true_false"] | {"stem": "Another."})
    row = keep(b"::Cure::It is so.{T}\n\n::Cure::TB is in the air.{T}\n\nLast one?{T}", "x.txt", trainer)
    made = services.commit_import(row, take=numbers(row), by=trainer)
    assert [question.code for question in made] == ["cure-2", "cure-3", "last-one"]


def test_a_sheet_s_unknown_names_are_problems_and_a_category_becomes_a_tag(trainer, curriculum):
    row = keep((FILES / "sheet.csv").read_bytes(), "sheet.csv", trainer)
    told = [(problem["place"], problem["reason"]) for problem in row.problems if "Row 14" in problem["place"]]
    assert told == [
        ("Row 14, column «module»", "«No such module» is no module here."),
        ("Row 14, column «facts»", "«no-fact» is no fact here."),
        ("Row 14, column «countries»", "«XX» is no country here."),
        ("Row 14, column «language»", "«xx» is no language here."),
    ]
    row = keep(b"$CATEGORY: Nowhere\n\nIt is so.{T}", "x.txt", trainer)
    (made,) = services.commit_import(row, take={1}, by=trainer)
    assert list(made.tags.names()) == ["Nowhere"] and made.module is None


def test_preview_shows_doubles_right_answers_and_notes(trainer, curriculum):
    make_question("tb-q9", QUESTIONS["single"])
    row = keep(b"how does TB pass ?{=air ~cups}\n\nHow does a TB pass?{=air ~b}\n\nWhen?{#5:1}", "x.txt", trainer)
    shown = preview(row)
    assert [one.double_words for one in shown.rows] == ["The same words as tb-q9", "Looks like tb-q9", ""]
    assert [one.right for one in shown.rows] == [["air"], ["air"], ["5 ± 1"]]
    assert [one.number for one in shown.fresh] == [3]


def test_a_note_of_many_questions_is_said_once(trainer, curriculum):
    row = keep(b"\n\n".join(b"[html]<b>%d</b>?{T}" % number for number in range(5)), "x.txt", trainer)
    shown = preview(row)
    assert shown.notes == ["Bold, italics and headings are not kept. (5 questions)"]
    assert all(one.draft.notes == [] for one in shown.rows)


def test_old_files_that_made_nothing_are_forgotten(trainer, curriculum):
    old = keep(b"It is so.{T}", "x.txt", trainer)
    done = keep(b"TB is in the air.{T}", "x.txt", trainer)
    services.commit_import(done, take={1}, by=trainer)
    QuestionImport.objects.update(uploaded_at="2020-01-01T00:00:00Z")
    fresh = keep(b"TB comes back.{T}", "x.txt", trainer)
    assert services.forget_old_imports() == 1
    assert set(QuestionImport.objects.values_list("pk", flat=True)) == {done.pk, fresh.pk}
    assert not QuestionImport.objects.filter(pk=old.pk).exists()


def test_a_quiz_s_questions_are_the_fixed_ones_and_all_that_may_be_drawn(curriculum):
    fixed = make_question("t-fixed", QUESTIONS["single"])
    drawn = [make_question(f"t-{n}", QUESTIONS["true_false"] | {"stem": f"{n}."}, difficulty=3) for n in range(3)]
    make_question("t-easy", QUESTIONS["true_false"] | {"stem": "Easy."}, difficulty=1)
    quiz = make_quiz(curriculum.module, [fixed], title="Quiz: drawn")
    draw = {"count": 1, "tags": [], "module": None, "difficulty": [3]}
    quiz.sections = [*quiz.sections.raw_data, {"type": "draw", "value": draw}]
    quiz.save_revision().publish()
    quiz.refresh_from_db()
    assert bank.questions_of(quiz) == [fixed, *drawn]


def test_drafts_of_the_bank_cost_a_fixed_number_of_queries(curriculum, django_assert_num_queries):
    questions = [make_question(f"t-{n}", QUESTIONS["true_false"] | {"stem": f"{n}."}) for n in range(3)]
    for some in (questions[:1], questions):
        with django_assert_num_queries(3):
            formats.FORMATS["gift"].file(bank.drafts_of(some))
