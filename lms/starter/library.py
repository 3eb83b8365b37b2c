"""All files of the starter curriculum, read and checked against each other before anything is written."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .files import ContentError, Lesson, read_job_aid, read_lesson, read_post, read_yaml, require
from .translations.files import Sheet, read_translations

CONTENT = Path(__file__).parent / "content"
SECTION = {"fixed", "draw", "module", "tags", "difficulty"}


@dataclass
class Item:
    """One file's (or one row's) content on its way into the CMS."""

    source_id: str
    path: Path
    data: Any


@dataclass
class Module:
    item: Item
    facts: list[Item]
    lessons: list[Item]
    quizzes: list[Item]
    practicals: list[Item]
    job_aid: Lesson | None = None

    @property
    def questions(self) -> list[dict]:
        return [question for quiz in self.quizzes for question in questions_of(quiz)]

    def quizzes_for(self, *purposes: str) -> list[Item]:
        """Those with one of these purposes, in their order."""
        return [quiz for purpose in purposes for quiz in self.quizzes if quiz.data["purpose"] == purpose]


def questions_of(quiz: Item) -> list[dict]:
    """The questions that a quiz's file brings into the bank."""
    return quiz.data.get("questions", [])


@dataclass
class Library:
    modules: list[Module]
    programmes: list[Item]
    values: Item | None
    pages: list[Item]
    translations: list[Sheet]
    words: list[Item]

    @property
    def facts(self) -> dict[str, dict]:
        return {item.source_id: item.data for module in self.modules for item in module.facts}


def read_library(folder: Path = CONTENT) -> Library:
    """Read every file. Raises ContentError for the first thing that is wrong; nothing is written here."""
    modules = sorted(
        (_module(path.parent) for path in sorted(folder.glob("*/module.yaml"))),
        key=lambda module: (module.item.data.get("position", 99), module.item.source_id),
    )
    values = folder / "country-values.yaml"
    library = Library(
        modules,
        _programmes(folder),
        Item("country-values", values, read_yaml(values)) if values.exists() else None,
        [_item(read_page(path)) for path in sorted(folder.glob("pages/*.md"))],
        read_translations(folder / "translations"),
        _words(folder / "glossary.yaml"),
    )
    if not library.modules:
        raise ContentError(folder, None, "no module.yaml found in any folder")
    _check(library)
    return library


def _programmes(folder: Path) -> list[Item]:
    """What comes after another programme follows it."""
    names = ("source_id", "code", "title", "neutral_title", "rows")
    found = [_yaml(path, *names) for path in folder.glob("programmes/*.yaml")]
    return sorted(found, key=lambda item: (len(item.data.get("firsts", [])), item.source_id))


def _words(path: Path) -> list[Item]:
    rows = read_yaml(path) if path.exists() else []
    for row in rows:
        require(path, row, "source_id", "term", "explanation", "from")
    return [Item(row["source_id"], path, row) for row in rows]


def read_page(path: Path) -> Lesson:
    """A help page: front matter and free Markdown, no cards."""
    post = read_post(path)
    require(path, post.metadata, "source_id", "title")
    return Lesson(path, post.metadata | {"body": post.content}, [])


def _module(folder: Path) -> Module:
    facts_path = folder / "facts.yaml"
    facts = read_yaml(facts_path) if facts_path.exists() else []
    for fact in facts:
        require(facts_path, fact, "id", "statement", "source", "as_of", "status")
    job_aid = folder / "job-aid.md"
    module = Module(
        _yaml(folder / "module.yaml", "source_id", "title", "competency", "minutes", "lessons_order"),
        [Item(fact["id"], facts_path, fact) for fact in facts],
        [_item(read_lesson(path)) for path in sorted(folder.glob("l*.md"))],
        [_yaml(path, "source_id", "title", "purpose") for path in sorted(folder.glob("quiz*.yaml"))],
        [_yaml(path, "source_id", "title", "statement", "steps") for path in sorted(folder.glob("c[0-9]*.yaml"))],
        read_job_aid(job_aid) if job_aid.exists() else None,
    )
    order = module.item.data["lessons_order"]
    found = {lesson.source_id for lesson in module.lessons}
    if set(order) != found or len(order) != len(module.lessons):
        odd = ", ".join(sorted(set(order) ^ found)) or "a double"
        raise ContentError(module.item.path, None, f"«lessons_order» and the lessons’ files differ: {odd}")
    module.lessons.sort(key=lambda lesson: order.index(lesson.source_id))
    return module


def _yaml(path: Path, *needed: str) -> Item:
    data = read_yaml(path)
    require(path, data, *needed)
    return Item(data["source_id"], path, data)


def _item(lesson: Lesson) -> Item:
    return Item(lesson.meta["source_id"], lesson.path, lesson)


def _check(library: Library) -> None:
    seen: dict[str, Path] = {}
    for source_id, path in _ids(library):
        if source_id in seen:
            raise ContentError(path, None, f"«{source_id}» is used twice, also in {seen[source_id].name}")
        seen[source_id] = path
    for item in library.words:
        _check_facts(library, item.path, None, [code for code in item.data["from"] if not code.startswith("§")])
    for module in library.modules:
        for lesson in module.lessons:
            for card in lesson.data.cards:
                _check_facts(library, lesson.path, card.line, card.facts)
        for card in module.job_aid.cards if module.job_aid else []:
            _check_facts(library, module.job_aid.path, card.line, card.facts)
        for quiz in module.quizzes:
            for question in questions_of(quiz):
                _check_question(library, quiz.path, question)
            _check_sections(quiz, seen)
    known: set[str] = set()
    for programme in library.programmes:
        for row in programme.data.get("firsts", []):
            if row.get("programme") not in known:
                raise ContentError(
                    programme.path, None, f"«firsts»: «{row.get('programme')}» is no programme before it"
                )
        known.add(programme.source_id)
        for row in programme.data["rows"]:
            for other in [row.get("unit"), *row.get("after", [])]:
                if other not in seen:
                    raise ContentError(programme.path, None, f"row «{row.get('unit')}»: there is no «{other}»")


def _ids(library: Library) -> Iterator[tuple[str, Path]]:
    for module in library.modules:
        for item in [module.item, *module.facts, *module.lessons, *module.quizzes, *module.practicals]:
            yield item.source_id, item.path
        for quiz in module.quizzes:
            for question in questions_of(quiz):
                require(quiz.path, question, "source_id", "type", "stem", "facts", "why")
                yield question["source_id"], quiz.path
    for item in [*library.programmes, *library.pages, *library.words]:
        yield item.source_id, item.path


def _check_sections(quiz: Item, seen: dict[str, Path]) -> None:
    rows = quiz.data.get("sections", [])
    if not rows and not questions_of(quiz):
        raise ContentError(quiz.path, None, "asks nothing: give «questions» or «sections»")
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict) or ("fixed" in row) == ("draw" in row) or set(row) - SECTION:
            raise ContentError(quiz.path, None, f"section {number} takes either «fixed» or «draw» (see README.md)")
        for name in [*row.get("fixed", []), *filter(None, [row.get("module")])]:
            if name not in seen:
                raise ContentError(quiz.path, None, f"section {number}: there is no «{name}»")


def _check_facts(library: Library, path: Path, line: int | None, codes: list[str]) -> None:
    for code in codes:
        if code not in library.facts:
            raise ContentError(path, line, f"cites «{code}», which no facts.yaml holds")
        if library.facts[code]["status"] == "unsure":
            raise ContentError(path, line, f"cites «{code}», whose status is unsure")


def _check_question(library: Library, path: Path, question: dict) -> None:
    _check_facts(library, path, None, question["facts"])
    critical = any(library.facts[code].get("safety_critical") for code in question["facts"])
    if bool(question.get("critical")) != critical:
        name = question["source_id"]
        raise ContentError(path, None, f"«{name}» must {'' if critical else 'not '}be critical: see the facts it tests")
