"""The editor of a question, and who may publish what was written."""

from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from assessments.models import Question, Tag
from assessments.staff.question_editor import propose_code, remarks
from tests.assessments.staff.bank import sign_in, text, url
from tests.assessments.test_sections import ask
from tests.factories.editor import listed

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
