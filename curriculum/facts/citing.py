"""What cites facts: asked of Wagtail's reference index, which knows the pages and snippets of every room.

Aliases show what their source shows, and a translation says again what its source cites: each thing counts once, in
the language it was written in where that is there.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, Exists, Model, OuterRef, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, ReferenceIndex

from ..models import Fact, LessonPage, ModulePage

SOURCE = "en"


@dataclass(frozen=True)
class Citing:
    """One thing that cites a fact. `cards`: the numbers of the cards that do, in a lesson or a job aid."""

    row: Model
    module: str = ""
    cards: tuple[int, ...] = ()

    @property
    def title(self) -> str:
        return self.row.job_aid_title or self.row.title if isinstance(self.row, ModulePage) else str(self.row)

    @property
    def live(self) -> bool:
        return getattr(self.row, "live", True)

    @property
    def has_draft(self) -> bool:
        return getattr(self.row, "has_unpublished_changes", False)

    @property
    def language(self) -> str:
        """Where it was not written in the source language."""
        locale = getattr(self.row, "locale", None)
        return "" if locale is None or locale.language_code == SOURCE else locale.get_display_name()

    @property
    def kind(self) -> str:
        return _("Job aid") if isinstance(self.row, ModulePage) else capfirst(self.row._meta.verbose_name)

    @property
    def order(self) -> tuple:
        """Lessons first, job aids next; by module as it stands in the tree."""
        models = (LessonPage, ModulePage)
        place = models.index(type(self.row)) if isinstance(self.row, models) else len(models)
        return place, self.row._meta.label, getattr(self.row, "path", ""), self.title

    def url(self, finder: AdminURLFinder) -> str | None:
        if isinstance(self.row, Page):
            return reverse("wagtailadmin_pages:edit", args=[self.row.pk])
        return finder.get_edit_url(self.row)


@dataclass
class Group:
    """All things of one kind that cite a fact."""

    rows: list[Citing]

    @property
    def heading(self) -> str:
        model = type(self.rows[0].row)
        return _("Job aids") if model is ModulePage else capfirst(model._meta.verbose_name_plural)


@dataclass
class Citations:
    """What cites one fact, in order."""

    rows: Sequence[Citing] = ()

    @cached_property
    def groups(self) -> list[Group]:
        found: dict[type, list[Citing]] = defaultdict(list)
        for row in self.rows:
            found[type(row.row)].append(row)
        return [Group(rows) for rows in found.values()]

    @property
    def in_words(self) -> str:
        """3 lessons, 1 job aid, 2 questions."""
        counted = Counter(type(row.row) for row in self.rows)
        return ", ".join(_counted(model, count) for model, count in counted.items()) or _("nothing")


def citations(facts: Iterable[Fact]) -> dict[int, Citations]:
    """By primary key of the fact. A fixed number of queries: one for the index, few for each kind of thing."""
    wanted = [fact.pk for fact in facts]
    by_type: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for fact, model, source in _references().filter(to_object_id__in=map(str, wanted)):
        by_type[model][source].add(int(fact))
    found: dict[int, dict[tuple, Citing]] = {pk: {} for pk in wanted}
    for model, sources in by_type.items():
        for row, module in _written(ContentType.objects.get_for_id(model).model_class(), sources):
            for fact in sources[str(row.pk)]:
                once = (model, getattr(row, "translation_key", row.pk))
                found[fact].setdefault(once, Citing(row, module, _cards(row, fact)))
    return {pk: Citations(sorted(rows.values(), key=lambda row: row.order)) for pk, rows in found.items()}


def lessons_citing(fact: Fact) -> list[UUID]:
    """The keys of the live lessons that cite this fact in any language."""
    cited = _references().filter(to_object_id=str(fact.pk)).values_list("object_id", flat=True)
    lessons = LessonPage.objects.live().filter(pk__in=[int(pk) for pk in cited.filter(base_content_type=_page_type())])
    return sorted(set(lessons.values_list("translation_key", flat=True)))


def uncited(facts: QuerySet[Fact]) -> QuerySet[Fact]:
    """Those that nothing cites."""
    key = Cast(OuterRef("pk"), CharField())
    return facts.filter(~Exists(ReferenceIndex.objects.filter(to_content_type=_fact_type(), to_object_id=key)))


def _references():
    rows = ReferenceIndex.objects.filter(to_content_type=_fact_type()).order_by()
    return rows.values_list("to_object_id", "content_type_id", "object_id").distinct()


def _written(model: type[Model], sources: Iterable[str]) -> list[tuple[Model, str]]:
    """The rows behind these keys, those in the source language first, each with the title of its module."""
    rows = model._default_manager.filter(pk__in=list(sources))
    if issubclass(model, Page):
        rows = rows.filter(alias_of=None)
    rows = list(rows.select_related(*(name for name in ("locale", "module") if _has_relation(model, name))))
    rows.sort(key=lambda row: (_language(row) != SOURCE, row.pk))
    modules = _modules(rows) if issubclass(model, Page) else {}
    return [(row, _module(row, modules)) for row in rows]


def _modules(pages: Iterable[Page]) -> dict[str, str]:
    """Titles of the pages above these, by path."""
    above = {page.path[: -page.steplen] for page in pages}
    return dict(Page.objects.filter(path__in=above).values_list("path", "title"))


def _module(row: Model, modules: dict[str, str]) -> str:
    if isinstance(row, ModulePage):
        return row.title
    if isinstance(row, Page):
        return modules.get(row.path[: -row.steplen], "")
    return str(getattr(row, "module", None) or "")


def _cards(row: Model, fact: int) -> tuple[int, ...]:
    stream = getattr(row, {LessonPage: "cards", ModulePage: "job_aid"}.get(type(row), ""), None)
    blocks = enumerate(stream.raw_data, 1) if stream else ()
    return tuple(number for number, block in blocks if fact in _stated(block["value"].get("facts", [])))


def _stated(items: list) -> set:
    return {item["value"] if isinstance(item, dict) else item for item in items}


def _counted(model: type[Model], count: int) -> str:
    if model is LessonPage:
        return ngettext("%(count)d lesson", "%(count)d lessons", count) % {"count": count}
    if model is ModulePage:
        return ngettext("%(count)d job aid", "%(count)d job aids", count) % {"count": count}
    return f"{count} {model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural}"


def _language(row: Model) -> str:
    return row.locale.language_code if hasattr(row, "locale") else SOURCE


def _has_relation(model: type[Model], name: str) -> bool:
    try:
        return model._meta.get_field(name).many_to_one
    except FieldDoesNotExist:
        return False


def _fact_type() -> ContentType:
    return ContentType.objects.get_for_model(Fact)


def _page_type() -> ContentType:
    return ContentType.objects.get_for_model(Page)
