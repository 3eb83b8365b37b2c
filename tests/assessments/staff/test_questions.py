"""The bank: its list, its editor, its use, its translations, and what deleting leaves."""

import json
from urllib.parse import urlencode

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield
from wagtail_localize.models import Translation, TranslationSource

from assessments import services
from assessments.models import Attempt, Mark, Question, QuizPage, Tag
from assessments.staff.question_editor import propose_code, remarks
from assessments.usage import usage_of, used_keys
from lms.people.groups import synchronise_groups
from tests.assessments.test_sections import ask, draw, fixed, quiz_of
from tests.factories.assessments import QUESTIONS, hand_in
from tests.factories.content import make_fact, make_question
from tests.factories.editor import listed


def url(name, *args):
    return reverse(Question.snippet_viewset.get_url_name(name), args=args)


def text(response):
    return " ".join(response.content.decode().split())


def codes(response):
    return [question.code for question in response.context["object_list"]]


def sign_in(client, person):
    synchronise_groups(person)
    client.force_login(person)
    return client


@pytest.fixture
def editor(client, administrator):
    return sign_in(client, administrator)


@pytest.fixture
def staff(client, trainer):
    return sign_in(client, trainer)


# The list -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def bank(curriculum):
    """Two questions of the curriculum's quiz, and three more that differ in everything one can ask for."""
    fact = make_fact("tb-f9")
    return [
        *curriculum.questions,
        ask("tb-q10", tags=["signs"], module=curriculum.module, difficulty=3, countries=["KE"]),
        make_question("tb-q3", QUESTIONS["multiple"], facts=[fact], module=curriculum.module),
        make_question("tb-q4", QUESTIONS["single"], difficulty=1),
    ]


def test_list_counts_as_people_do(staff, bank):
    assert codes(staff.get(url("list"))) == ["tb-q1", "tb-q2", "tb-q3", "tb-q4", "tb-q10"]
    backwards = staff.get(url("list"), {"ordering": "-code"})
    assert codes(backwards) == ["tb-q10", "tb-q4", "tb-q3", "tb-q2", "tb-q1"]


@pytest.mark.parametrize(
    ("words", "found"),
    [("sore eyes", ["tb-q3"]), ("tb-q10", ["tb-q10"]), ("two visits", ["tb-q1"]), ("sharing cups", ["tb-q4"])],
)
def test_search_reads_codes_questions_answers_and_why(staff, bank, words, found):
    call_command("update_index", verbosity=0)
    assert codes(staff.get(url("list"), {"q": words})) == found


def test_filters_narrow_the_list(staff, bank, curriculum):
    def shown(**criteria):
        return codes(staff.get(url("list"), criteria))

    curriculum.questions[0].unpublish()
    assert shown(module=curriculum.module.pk) == ["tb-q3", "tb-q10"]
    assert shown(type="multiple") == ["tb-q3"]
    assert shown(difficulty=3) == ["tb-q10"]
    assert shown(tag=Tag.objects.get().pk) == ["tb-q10"]
    assert shown(critical="true") == ["tb-q1"]
    assert shown(country="LS") == ["tb-q1", "tb-q2", "tb-q3", "tb-q4"]
    assert shown(status="draft") == ["tb-q1"]
    assert shown(status="live") == ["tb-q2", "tb-q3", "tb-q4", "tb-q10"]
    assert shown(status="in_review") == []
    assert shown(fact=bank[3].cited_facts.get().fact_id) == ["tb-q3"]
    assert shown(use="unused") == ["tb-q3", "tb-q4", "tb-q10"]


def test_question_in_review_says_so_and_is_found(client, staff, trainer, bank):
    question = bank[2]
    question.get_workflow().start(question, trainer)
    assert codes(staff.get(url("list"), {"status": "in_review"})) == ["tb-q10"]
    assert "in review" in text(staff.get(url("list")))


def test_list_takes_a_fixed_number_of_queries(editor, curriculum, django_assert_num_queries):
    quiz_of(curriculum, fixed(*curriculum.questions), draw(1, tags=["many"], module=None))
    ask("d-q1", tags=["many"])
    editor.get(url("list"))
    with CaptureQueriesContext(connection) as of_few:
        assert len(codes(editor.get(url("list")))) == 3
    for number in range(2, 49):
        ask(f"d-q{number}", tags=["many"])
    with django_assert_num_queries(len(of_few)):
        assert len(codes(editor.get(url("list")))) == 50


# Use ------------------------------------------------------------------------------------------------------------------


def test_usage_counts_fixed_sections_draws_and_answers(curriculum, enrolled, quiz, bank):
    quiz_of(curriculum, draw(1, difficulty=["3"]), fixed(bank[0]))
    attempt = hand_in(services.start_attempt(enrolled, quiz, enrolled.country, "en"))
    asked = Question.objects.get(code="t-q1")
    usage = usage_of([bank[0], bank[2], asked])
    fixed_use, drawn = usage[bank[0].translation_key].uses, usage[bank[2].translation_key].uses
    assert [(use.quiz.title, use.section, use.is_fixed) for use in fixed_use] == [("Drawn", 2, True), ("Quiz", 1, True)]
    assert [(use.quiz.title, use.count, use.pool) for use in drawn] == [("Drawn", 1, 1)]
    assert (usage[asked.translation_key].answers, usage[asked.translation_key].right) == (1, 1)
    assert attempt.marks.count() == 5
    assert bank[4].translation_key not in used_keys()


def test_answer_that_was_not_given_is_no_answer(enrolled, quiz):
    services.hand_in(services.start_attempt(enrolled, quiz, enrolled.country, "en"))
    question = Question.objects.get(code="t-q1")
    assert Mark.objects.filter(question=question.translation_key).exists()
    assert usage_of([question])[question.translation_key].answers == 0


def test_usage_page_names_quizzes_and_answers(staff, curriculum, bank, enrolled, quiz):
    hand_in(services.start_attempt(enrolled, quiz, enrolled.country, "en"))
    quiz_of(curriculum, draw(1, difficulty=["3"]))
    page = text(staff.get(url("usage", bank[2].pk)))
    assert "draws 1 of 1 questions" in page
    assert "Nobody has answered it yet" in page
    page = text(staff.get(url("usage", Question.objects.get(code="t-q1").pk)))
    assert "Quiz: TB" in page
    assert "1 answer so far; 100 % of them right" in page
    assert "In 1 quiz, 1 answer" in text(staff.get(url("list"), {"module": ""}))


# The editor -----------------------------------------------------------------------------------------------------------


def form(*, facts=(), publish=True, **fields):
    options = [{"text": "Through the air", "right": "on"}, {"text": "By cups"}]
    options = [{"said": ""} | option for option in options]
    values = {
        "case": "",
        "stem": "How does TB pass?",
        "picture": "",
        "picture_alt": "",
        "answer": streamfield([("single", {"options": listed(options)})]),
        "why": "Through the air.",
        "module": "",
        "difficulty": "2",
        "tags": "",
        "cited_facts": inline_formset([{"fact": str(fact.pk)} for fact in facts]),
        "code": "",
    }
    return nested_form_data(values | fields | ({"action-publish": "on"} if publish else {}))


def errors(response):
    found = response.context["form"]
    return found.errors.get_json_data() | {name: fs.errors for name, fs in found.formsets.items() if not fs.is_valid()}


def test_new_question_gets_the_next_code_of_its_module(editor, curriculum, bank):
    pk = str(curriculum.module.pk)
    prefix = curriculum.module.slug
    ask(f"{prefix}-q9")
    ask(f"{prefix}-q10")
    answer = editor.post(url("add"), form(module=pk, facts=curriculum.facts[1:], tags="signs, new one"))
    assert answer.status_code == 302, errors(answer)
    question = Question.objects.get(code=f"{prefix}-q11")
    assert question.live
    assert sorted(tag.name for tag in question.tags.all()) == ["new one", "signs"]
    assert question.locale.language_code == "en"


def test_proposed_code_is_free_without_a_module_too(curriculum):
    assert propose_code(None) == "q-q1"
    ask("q-q1")
    assert propose_code(None) == "q-q2"


def test_module_is_kept_in_the_language_it_was_written_in(editor, curriculum):
    french = curriculum.module.copy_for_translation(
        Locale.objects.get(language_code="fr"), copy_parents=True, alias=True
    )
    editor.post(url("add"), form(module=str(french.pk)))
    assert Question.objects.latest("pk").module == curriculum.module


def test_question_without_why_is_not_published(editor, curriculum):
    assert "why" in errors(editor.post(url("add"), form(why="")))
    assert editor.post(url("add"), form(why="", publish=False)).status_code == 302  # a draft may wait for it


def test_critical_question_cites_a_safety_critical_fact(editor, curriculum):
    risky, plain = curriculum.facts
    (error,) = errors(editor.post(url("add"), form(critical="on", facts=[plain])))["critical"]
    assert error["message"].startswith("Not marked as safety-critical: tb-f2.")
    (error,) = errors(editor.post(url("add"), form(critical="on")))["critical"]
    assert error["message"].startswith("A critical question cites a safety-critical fact.")
    assert editor.post(url("add"), form(critical="on", facts=[plain, risky])).status_code == 302


def test_picture_needs_its_words(editor, curriculum):
    picture = get_image_model().objects.create(title="Strip", file=get_test_image_file())
    (error,) = errors(editor.post(url("add"), form(picture=str(picture.pk))))["picture_alt"]
    assert error["message"].startswith("Say what the picture shows")


def test_editor_asks_again_about_what_may_be_forgotten(editor, curriculum):
    page = text(editor.post(url("add"), form(facts=curriculum.facts[:1]), follow=True))
    assert "tb-f1, which is safety-critical: should the question be critical?" in page
    assert "It belongs to no module" in page
    bare = Question.objects.latest("pk")
    bare.cited_facts = []
    assert remarks(bare)[0].startswith("It cites no fact")


def test_editor_and_tags_are_open_to_a_trainer(staff, curriculum):
    page = text(staff.get(url("add")))
    for heading in ("What is asked", "The answer", "Why", "Where it belongs"):
        assert heading in page
    Tag.objects.create(name="danger signs", slug="danger-signs")
    address = reverse("wagtailadmin_tag_model_autocomplete", args=["assessments", "tag"])
    assert staff.get(address, {"term": "dang"}).json() == ["danger signs"]


# Review ---------------------------------------------------------------------------------------------------------------


def test_trainer_submits_and_reviewer_publishes(client, trainer, reviewer, curriculum):
    sign_in(client, trainer)
    page = text(client.get(url("add")))
    assert "action-publish" not in page
    client.post(url("add"), form(facts=curriculum.facts[1:], publish=True))
    question = Question.objects.latest("pk")
    assert not question.live
    client.post(url("edit", question.pk), form(code=question.code, publish=False, **{"action-submit": "on"}))
    question.refresh_from_db()
    assert question.workflow_in_progress
    sign_in(client, reviewer)
    task = question.current_workflow_task_state
    name = Question.snippet_viewset.get_url_name("workflow_action")
    client.post(reverse(name, args=[question.pk, "approve", task.pk]), {"comment": ""})
    question.refresh_from_db()
    assert question.live


def test_learner_and_hr_have_no_bank(client, learner, hr, bank):
    for person in (learner, hr):
        sign_in(client, person)
        assert client.get(url("list")).status_code in (302, 403)
        assert client.get(url("usage", bank[0].pk)).status_code in (302, 403)


# Deleting and changing ------------------------------------------------------------------------------------------------


def test_question_of_a_fixed_section_is_not_deleted(editor, bank):
    page = text(editor.post(url("delete", bank[0].pk), follow=True))
    assert "cannot be deleted: the quiz “Quiz” asks it" in page
    many = reverse("wagtail_bulk_action", args=["assessments", "question", "delete"])
    page = text(editor.post(f"{many}?id={bank[0].pk}&id={bank[4].pk}", follow=True))
    assert "cannot be deleted" in page
    assert Question.objects.filter(pk__in=[bank[0].pk, bank[4].pk]).count() == 2


def test_question_that_no_quiz_fixes_is_deleted(editor, curriculum, bank):
    quiz_of(curriculum, draw(1, difficulty=["3"]))
    editor.post(url("delete", bank[2].pk))
    assert not Question.objects.filter(pk=bank[2].pk).exists()


@pytest.mark.parametrize("change", ["edit", "unpublish", "delete"])
def test_served_paper_stays_as_it_was(client, enrolled, quiz, change):
    open_one = services.start_attempt(enrolled, quiz, enrolled.country, "en")
    before = json.dumps([open_one.paper, open_one.key])
    question = Question.objects.get(code="t-q3")
    if change == "edit":
        question.stem, question.why = "Other words", "Another why"
        question.save_revision().publish()
    elif change == "unpublish":
        question.unpublish()
    else:
        question.delete()
    kept = Attempt.objects.get(pk=open_one.pk)
    assert json.dumps([kept.paper, kept.key]) == before
    done = hand_in(kept)
    assert (done.points, done.completed_at is not None, done.marks.count()) == (5, True, 5)
    client.force_login(enrolled)
    page = text(client.get(reverse("assessments:attempt-result", args=[done.pk])))
    assert "TB is in the air." in page
    assert "Other words" not in page


# Translations ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def portuguese(db):
    return Locale.objects.get(language_code="pt")


@pytest.fixture
def translated(client, trainer, curriculum, portuguese):
    """A question that the trainer has put into Portuguese through the admin, segment by segment; not published."""
    question = ask("d-q1", tags=["signs"], module=curriculum.module, difficulty=3)
    sign_in(client, trainer)
    name = "wagtail_localize:submit_snippet_translation"
    client.post(reverse(name, args=["assessments", "question", question.pk]), {"locales": [portuguese.pk]})
    row = Translation.objects.get(source__object_id=question.translation_key, target_locale=portuguese)
    for segment in row.source.stringsegment_set.select_related("string", "context"):
        words = "É d-q1?" if segment.context.path == "stem" else f"[pt] {segment.string.data}"
        address = reverse("wagtail_localize:edit_string_translation", args=[row.pk, segment.pk])
        form = urlencode({"value": words})
        assert client.put(address, form, content_type="application/x-www-form-urlencoded").status_code == 201
    return question


def publish(client, translation):
    return client.post(url("edit", translation.pk), {"action": "publish"}, follow=True)


def test_translation_keeps_in_step_and_is_published_by_a_reviewer_only(client, translated, portuguese, reviewer):
    translation = translated.get_translation(portuguese)
    publish(client, translation)
    translation.refresh_from_db()
    assert translation.stem != "É d-q1?"
    sign_in(client, reviewer)
    publish(client, translation)
    translation.refresh_from_db()
    assert (translation.live, translation.stem) == (True, "É d-q1?")
    assert (translation.code, translation.difficulty, translation.module) == ("d-q1", 3, translated.module)
    assert [tag.slug for tag in translation.tags.all()] == ["signs"]


def test_paper_asks_in_her_language_and_each_question_once(
    client, translated, portuguese, reviewer, curriculum, learner
):
    quiz = quiz_of(curriculum, draw(4, tags=["signs"]))
    sign_in(client, reviewer)
    publish(client, translated.get_translation(portuguese))
    attempt = services.start_attempt(learner, quiz, learner.country, "pt")
    assert [item["stem"] for item in attempt.paper] == ["É d-q1?"]
    assert len(quiz.questions_for("KE")) == 1


def test_what_is_not_for_translators_is_not_offered(editor, curriculum):
    source, _created = TranslationSource.get_or_create_from_instance(curriculum.questions[0])
    source.update_from_db()
    paths = set(source.stringsegment_set.values_list("context__path", flat=True))
    assert {path.split(".")[0] for path in paths} == {"stem", "answer", "why"}


def test_quizzes_in_other_languages_ask_what_their_source_asks(curriculum, bank):
    quiz = QuizPage.objects.get(pk=curriculum.quiz.pk)
    quiz.copy_for_translation(Locale.objects.get(language_code="pt"), copy_parents=True, alias=True)
    assert usage_of([bank[0]])[bank[0].translation_key].quizzes == 1
