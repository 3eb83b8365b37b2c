"""A small curriculum: one module with two lessons and its quiz, one practical, one programme."""

from dataclasses import dataclass, field
from uuid import uuid4

from wagtail.models import Locale, Page
from wagtail.models import Site as WebSite

from assessments.models import PracticalPage, Question, QuizPage
from assessments.question_types import get
from curriculum.models import CurriculumPage, Fact, LessonPage, ModulePage, ProgrammePage
from lms.pages.models import HomePage
from tests.factories.images import make_images

SINGLE = {
    "type": "single",
    "stem": "How long do you ask about cough?",
    "options": [{"text": "At every contact", "right": True}, {"text": "Once a year", "right": False}],
    "why": "TB can begin between two visits.",
}
TRUE_FALSE = {
    "type": "true_false",
    "stem": "TB can be cured.",
    "answer": True,
    "why": "Six months of medicine cure most people.",
}


@dataclass
class Content:
    """What the `curriculum` fixture gives: the pages by their part in it."""

    home: HomePage
    shelf: CurriculumPage
    module: ModulePage
    lessons: list[LessonPage]
    quiz: QuizPage
    practical: PracticalPage
    programme: ProgrammePage
    facts: list[Fact]
    questions: list[Question] = field(default_factory=list)


def make_fact(code: str = "tb-f1", **fields) -> Fact:
    values = {"statement": f"Statement of {code}.", "source": "WHO 2024", "as_of": 2024, "status": "verified"}
    return Fact.objects.create(code=code, **(values | fields))


def card(kind: str, *, facts=(), countries=(), **value) -> dict:
    """A card as a StreamField keeps it. Lists of words become list blocks."""
    content = {key: _items(val) if isinstance(val, list) else val for key, val in value.items()}
    common = {"title": "", "countries": list(countries), "facts": _items([fact.pk for fact in facts])}
    return {"type": kind, "id": str(uuid4()), "value": common | content}


def make_home() -> HomePage:
    """The English home page, in place of the one that Wagtail's migrations make."""
    site = WebSite.objects.get(is_default_site=True)
    if isinstance(site.root_page.specific, HomePage):
        return site.root_page.specific
    home = Page.get_first_root_node().add_child(instance=HomePage(title="Home", slug="learn-home", locale=_english()))
    WebSite.objects.filter(pk=site.pk).update(root_page=home)
    site.root_page.delete()
    WebSite.clear_site_root_paths_cache()
    return home


def make_module(shelf: CurriculumPage, title: str = "Tuberculosis", **fields) -> ModulePage:
    values = {"competency": "Ask about TB and act.", "health_area": "tb", "client_groups": ["all"], "icon": "lungs"}
    return publish(shelf, ModulePage(title=title, **(values | fields)))


def make_lesson(module: ModulePage, title: str, cards: list[dict], **fields) -> LessonPage:
    values = {"objective": f"You can explain: {title}.", "minutes": 15}
    return publish(module, LessonPage(title=title, cards=cards, **(values | fields)))


def make_question(code: str, data: dict, *, facts=(), **fields) -> Question:
    """A live English question from the data of a starter file."""
    make_images(data)
    texts = {"stem": data["stem"], "case": data.get("case", ""), "why": data["why"]}
    answer = [{"type": data["type"], "id": str(uuid4()), "value": get(data["type"]).from_file(data)}]
    question = Question(code=code, locale=_english(), answer=answer, **(texts | fields))
    question.cited_facts = [question.cited_facts.model(fact=fact) for fact in facts]
    question.save()
    question.save_revision().publish()
    return question


def make_quiz(module: ModulePage, questions: list[Question], title: str = "Quiz", **fields) -> QuizPage:
    chosen = _items([question.pk for question in questions])
    sections = [{"type": "fixed", "id": str(uuid4()), "value": {"questions": chosen}}]
    return publish(module, QuizPage(title=title, sections=sections, **fields))


def make_practical(shelf: CurriculumPage, module: ModulePage, steps: list[dict], **fields) -> PracticalPage:
    values = {"title": "Screen for TB", "statement": "Asks about TB at every contact"}
    values |= {"neutral_statement": "Asks four questions at every contact"}
    blank = {"critical": False, "needs": "", "countries": []}
    page = PracticalPage(
        modules=[{"type": "module", "id": str(uuid4()), "value": module.pk}],
        steps=[{"type": "step", "id": str(uuid4()), "value": blank | step} for step in steps],
        **(values | fields),
    )
    return publish(shelf, page)


def row(target: Page, *, required=True, after=(), countries=(), except_countries=()) -> dict:
    """A row of a programme as a StreamField keeps it."""
    value = {
        "target": target.pk,
        "required": required,
        "after": _items([page.pk for page in after]),
        "countries": list(countries),
        "except_countries": list(except_countries),
    }
    return {"type": "row", "id": str(uuid4()), "value": value}


def make_programme(home: HomePage, rows: list[dict], **fields) -> ProgrammePage:
    values = {"title": "Primary Health Care", "code": "phc", "neutral_title": "Community health, level 1"}
    return publish(home, ProgrammePage(rows=rows, **(values | fields)))


def make_curriculum() -> Content:
    """Everything above, once. In English only: `translate` adds the other languages."""
    home = make_home()
    shelf = publish(home, CurriculumPage(title="Learn"))
    module = make_module(shelf)
    facts = [make_fact("tb-f1", safety_critical=True), make_fact("tb-f2")]
    lessons = [
        make_lesson(module, "What TB is", _first_cards(facts)),
        make_lesson(module, "Ask everyone", [card("text", text="<p>Ask at every contact.</p>", facts=facts[:1])]),
    ]
    questions = [
        make_question("tb-q1", SINGLE, facts=facts[:1], critical=True),
        make_question("tb-q2", TRUE_FALSE, facts=facts[1:]),
    ]
    quiz = make_quiz(module, questions)
    steps = [
        {"text": "Asks the four questions.", "critical": True},
        {"text": "Says what happens next."},
        {"text": "Reads the rapid test.", "critical": True, "needs": "malaria_rdt"},
    ]
    practical = make_practical(shelf, module, steps)
    programme = make_programme(home, [row(module), row(practical)])
    return Content(home, shelf, module, lessons, quiz, practical, programme, facts, questions)


def translate(content: Content, *languages: str) -> None:
    """Make an alias of every page in these languages, as a site has it before anyone translated."""
    for locale in Locale.objects.filter(language_code__in=languages):
        for page in content.home.get_descendants(inclusive=True).specific():
            page.copy_for_translation(locale, alias=True)


def publish(parent: Page, page: Page) -> Page:
    """Add a page below its parent and publish a revision, as the editor does."""
    page.locale = parent.locale
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page.specific_class.objects.get(pk=page.pk)


def _first_cards(facts: list[Fact]) -> list[dict]:
    return [
        card("ask", question="A client coughs. What do you ask first?"),
        card("text", title="In the air", text="<p>TB passes through the air.</p>", facts=facts),
        card("note", title="In Kenya", text="<p>Go to the chest clinic.</p>", countries=["KE"]),
        card("summary", text="<ul><li>TB can be cured.</li></ul>", facts=facts[1:]),
    ]


def _items(values: list) -> list[dict]:
    return [{"type": "item", "id": str(uuid4()), "value": value} for value in values]


def _english() -> Locale:
    return Locale.objects.get(language_code="en")
