"""What is to be translated of a module, written as PO files for translators."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation

from assessments.models import PracticalPage, Question
from curriculum.models import GlossaryTerm, ModulePage
from curriculum.translation.texts import texts

from ..models import Loaded
from .files import Thing, write


class UnknownModule(Exception):
    """There is no module of this name."""


class Exporter:
    """Writes the files of one language into a folder. Names are the starter files' own where they come from there."""

    def __init__(self, language: str, folder: Path):
        self.language, self.folder = language, folder
        self.source = Locale.objects.get(language_code="en")
        self.target = Locale.objects.get(language_code=language)
        self.names = dict(Loaded.objects.values_list("key", "source_id"))

    def module(self, name: str) -> dict[Path, int]:
        """The files of a module, its lessons, quizzes, practicals and questions. Returns how much each still lacks.

        Raises UnknownModule.
        """
        module = next((page for page in self._pages(ModulePage.objects.all()) if self._name(page) == name), None)
        if module is None:
            raise UnknownModule(name)
        found = [module, *self._pages(module.get_children().live()), *self._practicals(module)]
        written = dict(self._file(self._name(page), [("", page)]) for page in found)
        if questions := list(Question.objects.live().filter(module=module).in_order()):
            written |= [self._file(f"{name}-questions", [(question.code, question) for question in questions])]
        return written

    def page(self, slug: str) -> dict[Path, int]:
        """The file of one page outside the modules, such as a help page. Raises UnknownModule."""
        for page in self._pages(Page.objects.live().filter(locale=self.source, slug=slug)):
            return dict([self._file(self._name(page), [("", page)])])
        raise UnknownModule(slug)

    def glossary(self) -> dict[Path, int]:
        terms = GlossaryTerm.objects.filter(locale=self.source).order_by("code")
        return dict([self._file("glossary", [(term.code, term) for term in terms])])

    def _pages(self, pages) -> Iterator[Page]:
        return (page.specific for page in pages.filter(locale=self.source))

    def _practicals(self, module: ModulePage) -> Iterator[Page]:
        practicals = self._pages(PracticalPage.objects.live().order_by("path"))
        return (page for page in practicals if page.module_keys[:1] == [module.translation_key])

    def _name(self, page: Page) -> str:
        return self.names.get(str(page.translation_key), page.slug)

    def _file(self, name: str, things: Iterable[tuple]) -> tuple[Path, int]:
        path = self.folder / f"{name}.po"
        rows = [Thing(code, texts(thing), self._translated(thing)) for code, thing in things]
        return path, write(path, self.language, rows)

    def _translated(self, thing) -> dict[tuple[str, str], str]:
        rows = StringTranslation.objects.filter(context__object_id=thing.translation_key, locale=self.target)
        return {
            (path, source): data
            for path, source, data in rows.values_list("context__path", "translation_of__data", "data")
        }
