"""Puts the starter curriculum into the CMS: all or nothing, as often as you like, never over an editor's work."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.text import slugify
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import LocaleSynchronization
from wagtail_localize.synctree import synchronize_tree

from assessments import question_types
from assessments.models import PracticalPage, Question, QuestionFact, QuizPage, Tag
from assessments.models.quiz import RULES
from curriculum.models import CurriculumPage, Fact, GlossaryTerm, LessonPage, ModulePage, ProgrammePage
from curriculum.translation.faults import check_streams, words_of
from lms.pages.models import HomePage, StandardPage

from . import streams
from .consent import load_consent
from .designs import load_designs
from .files import MARKDOWN, ContentError
from .indexing import indexed_once
from .library import CONTENT, Item, Library, Module, questions_of, read_library
from .models import Loaded
from .pictures import with_images
from .policies import load_policies
from .translations.loading import TranslationLoader
from .values import load_values


@dataclass
class Report:
    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    left_alone: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)  # translations that are not put before learners yet, and why

    @property
    def changed(self) -> bool:
        return bool(self.created or self.updated)


def load(folder: Path = CONTENT) -> Report:
    """Read every file, then write in one transaction. Raises ContentError; nothing is written then."""
    library = read_library(folder)
    with transaction.atomic(), indexed_once():
        loader = Loader()
        loader.load(library)
        if loader.report.changed:
            follow_in_all_languages()
        TranslationLoader(loader.report).load(library.translations)
        load_consent(folder)
        load_designs()
    return loader.report


def follow_in_all_languages() -> None:
    """Every language has every page: an alias where it is not translated yet."""
    source = Locale.objects.get(language_code="en")
    for locale in Locale.objects.exclude(pk=source.pk):
        if not LocaleSynchronization.objects.filter(locale=locale).exists():
            LocaleSynchronization.objects.bulk_create([LocaleSynchronization(locale=locale, sync_from=source)])
        synchronize_tree(source, locale)


class Loader:
    def __init__(self):
        self.report = Report()
        self.locale = Locale.objects.get(language_code="en")
        self.loaded = {row.source_id: row for row in Loaded.objects.filter(language="en")}
        self.pks: dict[str, int] = {}

    def load(self, library: Library) -> None:
        _clear_welcome()
        home = self.page("home", {"title": "Home"}, HomePage, Page.get_first_root_node(), slug="home")
        learn = self.page("learn", {"title": "Learn"}, CurriculumPage, home, slug="learn")
        for module in library.modules:
            for fact in module.facts:
                self.fact(fact)
        for module in library.modules:
            self.module(module, learn)
        for module in library.modules:
            for practical in module.practicals:
                self.practical(practical, learn)
        for item in library.programmes:
            self.programme(item, home)
        load_policies(library.programmes, self.pks)
        for item in library.pages:
            data = {"title": item.data.meta["title"], "body": MARKDOWN.render(item.data.meta["body"])}
            self.page(item.source_id, data, StandardPage, home)
        for item in library.words:
            self.word(item)
        if library.values:
            load_values(library.values)

    # Kinds of things -------------------------------------------------------------------------------------------------

    def fact(self, item: Item) -> None:
        names = ("statement", "source", "as_of", "status", "note", "varies_by_country", "safety_critical")
        data = {name: item.data[name] for name in names if name in item.data}
        self.keep(item.source_id, data, Fact, lambda: Fact(code=item.source_id), data, path=item.path)

    def module(self, module: Module, learn: Page) -> None:
        names = ("title", "competency", "health_area", "client_groups", "minutes", "cloth", "icon")
        data = {name: module.item.data[name] for name in names if name in module.item.data}
        if module.job_aid:
            cards = streams.cards(module.job_aid, f"{module.item.source_id}-job-aid", self.pks)
            data |= {"job_aid_title": module.job_aid.meta["title"], "job_aid": cards}
        page = self.page(module.item.source_id, data, ModulePage, learn, path=module.item.path)
        for item in module.quizzes:
            for question in questions_of(item):
                self.question(question, module, item.path)
        for item in module.quizzes_for("pre_test"):
            self.quiz(item, page)
        for lesson in module.lessons:
            meta = {name: lesson.data.meta[name] for name in ("title", "minutes", "objective")}
            data = meta | {"cards": streams.cards(lesson.data, lesson.source_id, self.pks)}
            self.page(lesson.source_id, data, LessonPage, page, path=lesson.path)
        for item in module.quizzes_for("practice", "post_test", "certifying"):
            self.quiz(item, page)

    def quiz(self, item: Item, page: Page) -> None:
        own = [question["source_id"] for question in questions_of(item)]
        rows = item.data.get("sections") or [{"fixed": own}]
        data = {name: item.data[name] for name in RULES if name in item.data} | {
            "title": item.data["title"],
            "minutes": item.data.get("minutes", 10),
            "sections": streams.sections(item.source_id, rows, self.pks),
            "bands": streams.bands(item.source_id, item.data.get("bands", [])),
        }
        self.page(item.source_id, data, QuizPage, page, path=item.path)

    def question(self, row: dict, module: Module, path: Path) -> None:
        source_id = row["source_id"]
        try:
            value = question_types.get(row["type"]).from_file(with_images(row, path))
        except (KeyError, ValueError) as error:
            raise ContentError(path, None, f"«{source_id}»: {error}") from error
        data = {name: row.get(name, "") for name in ("case", "stem", "why")} | {
            "module_id": self.pks.get(module.item.source_id),
            "difficulty": row.get("difficulty", Question.Difficulty.MEDIUM),
            "critical": bool(row.get("critical")),
            "countries": row.get("countries") or [],
            "answer": [{"type": row["type"], "id": streams.block_id(source_id), "value": value}],
        }
        facts, tags = [self.pks[code] for code in row["facts"]], row.get("tags", [])

        def make():
            return Question(code=source_id, locale=self.locale)

        def finish(question):
            question.cited_facts = [QuestionFact(fact_id=pk, sort_order=n) for n, pk in enumerate(facts)]
            question.tags.set([self.tag(name) for name in tags])

        noted = data | {"module_id": module.item.source_id, "facts": row["facts"], "tags": tags}
        self.keep(source_id, noted, Question, make, data, path=path, finish=finish)

    def tag(self, name: str) -> Tag:
        return Tag.objects.get_or_create(name=name, defaults={"slug": slugify(name)})[0]

    def practical(self, item: Item, learn: Page) -> None:
        names = ("title", "statement", "neutral_statement", "intro", "setting", "minutes")
        data = {name: item.data[name] for name in names if name in item.data} | {
            "steps": streams.steps(item.source_id, item.data["steps"]),
            "modules": [
                {"type": "module", "id": streams.block_id(item.source_id, name), "value": self.pks[name]}
                for name in item.data.get("modules", [])
            ],
        }
        self.page(item.source_id, data, PracticalPage, learn, path=item.path)

    def programme(self, item: Item, home: Page) -> None:
        """One that replaces another is the same page under its new name: open enrolments stay as they are."""
        self.rename(item.data.get("replaces", ""), item.source_id)
        names = ("title", "code", "version", "neutral_title", "level", "summary", "is_refresher")
        data = {name: item.data[name] for name in names if name in item.data} | {
            "firsts": streams.firsts(item.source_id, item.data.get("firsts", []), self.pks),
            "rows": streams.programme_rows(item.source_id, item.data["rows"], self.pks),
        }
        self.page(item.source_id, data, ProgrammePage, home, path=item.path)

    def word(self, item: Item) -> None:
        """A word of the glossary. Its code is its source_id: files of translations name it so."""
        data = {name: item.data.get(name, "") for name in ("term", "variants", "explanation")}
        term = GlossaryTerm(code=item.source_id, locale=self.locale)
        self.keep(item.source_id, data, GlossaryTerm, lambda: term, data, path=item.path)

    def rename(self, old: str, new: str) -> None:
        if old in self.loaded and new not in self.loaded:
            self.loaded[new] = self.loaded.pop(old)
            Loaded.objects.filter(source_id=old).update(source_id=new)

    # Keeping ---------------------------------------------------------------------------------------------------------

    def page(self, source_id: str, data: dict, model, parent: Page, *, slug: str = "", path: Path = CONTENT) -> Page:
        """Create or update a page; answers the page as it now is, or the parent where an editor deleted it."""

        def make():
            return model(slug=slug or source_id, locale=self.locale)

        kept = self.keep(source_id, data, model, make, data, path=path, parent=parent)
        if model is HomePage and kept:
            _become_site_root(kept)
        return kept or parent

    def keep(
        self,
        source_id: str,
        data: dict,
        model: type[models.Model],
        make: Callable[[], Any],
        values: dict,
        *,
        path: Path,
        parent: Page | None = None,
        finish: Callable[[Any], None] = lambda thing: None,
    ):
        """Write one thing, unless it is unchanged or an editor changed it since. Returns it; None if it is gone."""
        digest = hashlib.sha256(json.dumps(data, sort_keys=True, default=str).encode()).hexdigest()
        row = self.loaded.get(source_id)
        thing = self.find(model, row) if row else make()
        if thing is None:
            self.report.left_alone.append(f"{source_id} (deleted in the CMS)")
            return None
        if row and row.digest == digest:
            self.report.unchanged.append(source_id)
        elif row and thing.latest_revision_id != row.revision_id:
            self.report.left_alone.append(f"{source_id} (changed in the CMS)")
        elif row and not getattr(thing, "live", True):
            self.report.left_alone.append(f"{source_id} (taken down in the CMS)")
        else:
            self._write(thing, values, path, source_id, parent, finish)
            self._note(source_id, model, thing, digest)
            (self.report.updated if row else self.report.created).append(source_id)
        self.pks[source_id] = thing.pk
        return thing

    def find(self, model: type[models.Model], row: Loaded):
        if issubclass(model, Fact):
            return model.objects.filter(pk=row.key).first()
        return model.objects.filter(translation_key=row.key, locale=self.locale).first()

    def _write(self, thing, values: dict, path: Path, source_id: str, parent: Page | None, finish) -> None:
        for name, value in values.items():
            setattr(thing, name, json.dumps(value) if _is_stream(thing, name) else value)
        finish(thing)
        try:
            check_streams(thing)
            if parent is not None and thing.pk is None:
                parent.add_child(instance=thing)
            else:
                thing.full_clean(exclude=["latest_revision", "live_revision"])
                thing.save()
        except ValidationError as error:
            raise ContentError(path, None, f"«{source_id}»: {'; '.join(words_of(error))}") from error
        revision = thing.save_revision()
        if hasattr(thing, "live"):
            revision.publish()
            thing.refresh_from_db()

    def _note(self, source_id: str, model: type[models.Model], thing, digest: str) -> None:
        key = thing.pk if isinstance(thing, Fact) else thing.translation_key
        values = {
            "model": model._meta.label,
            "key": str(key),
            "digest": digest,
            "revision_id": thing.latest_revision_id,
        }
        Loaded.objects.update_or_create(source_id=source_id, language="en", defaults=values)


def _is_stream(thing, name: str) -> bool:
    return hasattr(thing._meta.get_field(name), "stream_block")


def _clear_welcome() -> None:
    """Wagtail's untouched welcome page makes room, and its site with it."""
    for page in Page.objects.filter(depth=2, content_type__model="page", content_type__app_label="wagtailcore"):
        if not page.get_children().exists():
            page.delete()


def _become_site_root(home: HomePage) -> None:
    if not Site.objects.filter(is_default_site=True).exists():
        Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
