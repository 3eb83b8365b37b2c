"""How far everything is in every language, in a number of queries that does not grow with the rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.text import capfirst
from wagtail.models import DraftStateMixin, Locale, Page, WorkflowState, get_translatable_models
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from ..models import ModulePage

MACHINE = StringTranslation.TRANSLATION_TYPE_MACHINE
STANDING = {
    "reviewed_at": "live_revision__clinical_review__reviewed_at",
    "due_on": "live_revision__clinical_review__due_on",
}


@dataclass(frozen=True)
class Row:
    """One thing in one language. `total` is 0 where its translation was never begun."""

    key: UUID
    title: str
    kind: str
    module: str
    language: str
    total: int
    done: int
    machine: int
    is_out_of_date: bool  # the English was published anew since it was brought into the side by side
    is_with_reviewer: bool
    is_live: bool  # learners read it; otherwise the English
    reviewed_on: date | None
    translation_id: int | None
    source_id: int
    target_id: int | None
    model: type

    @property
    def is_begun(self) -> bool:
        return self.translation_id is not None

    @property
    def is_complete(self) -> bool:
        return self.is_begun and self.done == self.total

    @property
    def missing(self) -> int:
        return self.total - self.done


def rows(*languages: str) -> list[Row]:
    """All things in these languages (none named: in all that are not the source), in the order of the site."""
    locales = Locale.objects.exclude(language_code="en")
    wanted = {row.pk: row.language_code for row in locales if not languages or row.language_code in languages}
    sources = [*_pages(), *_snippets()]
    state = _State(wanted)
    return [_row(source, locale, wanted[locale], state) for source in sources for locale in wanted]


def out_of_date(*languages: str) -> list[Row]:
    """What was translated before the English was last published."""
    return [row for row in rows(*languages) if row.is_out_of_date]


class _State:
    """What is known of all translations, by (key, locale)."""

    def __init__(self, locales: dict[int, str]):
        begun = Translation.objects.filter(target_locale__in=locales, enabled=True)
        self.begun = {
            (key, locale): (pk, updated)
            for key, locale, pk, updated in begun.values_list(
                "source__object_id", "target_locale", "pk", "source__last_updated_at"
            )
        }
        self.counts = {(key, locale): counts for locale in locales for key, *counts in _counts(locale)}
        self.targets = dict(_targets(locales))
        under_way = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
        self.with_reviewer = set(under_way.values_list("base_content_type", "object_id"))


def _row(source: dict[str, Any], locale: int, language: str, state: _State) -> Row:
    at = (source["translation_key"], locale)
    pk, updated = state.begun.get(at, (None, None))
    total, done, machine = state.counts.get(at, (0, 0, 0)) if pk else (0, 0, 0)
    target = state.targets.get(at, {})
    published = source["last_published_at"]
    reviewed_at, due_on = target.get("reviewed_at"), target.get("due_on")
    return Row(
        key=source["translation_key"],
        title=source["title"],
        kind=source["kind"],
        module=source["module"],
        language=language,
        total=total,
        done=done,
        machine=machine,
        is_out_of_date=bool(updated and published and updated < published),
        is_with_reviewer=(target.get("content_type"), str(target.get("pk"))) in state.with_reviewer,
        is_live=bool(target.get("live")) and not target.get("alias_of"),
        reviewed_on=_day(reviewed_at) if due_on and due_on >= timezone.localdate() else None,
        translation_id=pk,
        source_id=source["pk"],
        target_id=target.get("pk"),
        model=source["model"],
    )


def _pages() -> Iterator[dict]:
    found = Page.objects.filter(locale__language_code="en", live=True, alias_of=None, depth__gt=1).order_by("path")
    module, above = "", "-"
    names = ("pk", "translation_key", "title", "path", "content_type_id", "last_published_at")
    for page in found.values(*names):
        model = ContentType.objects.get_for_id(page["content_type_id"]).model_class()
        if model is ModulePage:
            module, above = page["title"], page["path"]
        inside = page["path"].startswith(above)
        kind = capfirst(str(model._meta.verbose_name)) if model else ""
        yield page | {"kind": kind, "module": module if inside else "", "model": Page}


def _snippets() -> Iterator[dict]:
    """Questions, words of the glossary: what else is translated."""
    for model in _models():
        names = {field.name for field in model._meta.get_fields()}
        things = model._default_manager.filter(locale__language_code="en").order_by("code")
        things = things.select_related(*({"module"} & names))
        if issubclass(model, DraftStateMixin):
            things = things.filter(live=True)
        for thing in things:
            yield {
                "pk": thing.pk,
                "translation_key": thing.translation_key,
                "title": str(thing),
                "kind": capfirst(str(model._meta.verbose_name)),
                "module": str(getattr(thing, "module", None) or ""),
                "last_published_at": getattr(thing, "last_published_at", None),
                "model": model,
            }


def _models() -> list[type]:
    return [model for model in get_translatable_models() if not issubclass(model, Page)]


def _targets(locales) -> Iterator[tuple]:
    page_type = ContentType.objects.get_for_model(Page).pk
    pages = Page.objects.filter(locale__in=locales)
    names = ("pk", "translation_key", "locale_id", "alias_of", "live")
    standing = {name: F(path) for name, path in STANDING.items()}
    for page in pages.values(*names, **standing):
        yield (page["translation_key"], page["locale_id"]), page | {"content_type": page_type}
    for model in _models():
        things = model._default_manager.filter(locale__in=locales)
        content_type = ContentType.objects.get_for_model(model).pk
        drafted = issubclass(model, DraftStateMixin)
        extra = standing if drafted else {}
        for thing in things.values("pk", "translation_key", "locale_id", *(["live"] if drafted else []), **extra):
            yield (
                (thing["translation_key"], thing["locale_id"]),
                {"live": True} | thing | {"content_type": content_type},
            )


def _counts(locale: int) -> Iterator[tuple]:
    """Key, texts in all, translated, of these by a machine. One query."""
    made = StringTranslation.objects.filter(
        translation_of=OuterRef("string"), context=OuterRef("context"), locale=locale, has_error=False
    )
    segments = StringSegment.objects.annotate(made=Subquery(made.values("translation_type")[:1]))
    counted = segments.values("source__object_id").annotate(
        total=Count("pk"), done=Count("pk", filter=Q(made__isnull=False)), machine=Count("pk", filter=Q(made=MACHINE))
    )
    return counted.values_list("source__object_id", "total", "done", "machine").order_by("source__object_id").iterator()


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)
