"""The report «Translations»: how far each page, question and word is in each language, or each module as a whole."""

from dataclasses import dataclass
from urllib.parse import urlencode

import django_filters
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail_localize.models import get_edit_url

from lms.core.export import ExportMixin

from . import progress
from .permissions import may_translate
from .progress import Row

LANGUAGES = [(code, name) for code, name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
STATES = {
    "not_begun": (gettext_lazy("Not begun"), lambda row: not row.is_begun),
    "unfinished": (gettext_lazy("Texts are missing"), lambda row: row.is_begun and row.missing),
    "out_of_date": (gettext_lazy("English has changed since"), lambda row: row.is_out_of_date),
    "machine": (gettext_lazy("By a machine, not confirmed"), lambda row: row.machine),
    "with_reviewer": (gettext_lazy("With a reviewer"), lambda row: row.is_with_reviewer),
    "not_reviewed": (gettext_lazy("Live, not reviewed"), lambda row: row.is_live and not row.reviewed_on),
    "reviewed": (gettext_lazy("Reviewed"), lambda row: row.reviewed_on),
}


@dataclass(frozen=True)
class ModuleRow:
    """A module as a whole in one language."""

    title: str
    module: str
    language: str
    total: int
    done: int
    machine: int
    things: int
    not_begun: int
    out_of_date: int
    reviewed: int


class TranslationFilters(WagtailFilterSet):
    language = django_filters.ChoiceFilter(label=gettext_lazy("Language"), choices=LANGUAGES)
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), choices=[(key, words) for key, (words, _test) in STATES.items()]
    )
    text = django_filters.CharFilter(label=gettext_lazy("Module or title"))
    by = django_filters.ChoiceFilter(
        label=gettext_lazy("Rows"),
        choices=[("module", gettext_lazy("One for each module"))],
        empty_label=gettext_lazy("One for each page"),
    )

    class Meta:
        model = Page
        fields: list[str] = []


class TranslationsReport(ExportMixin, ReportView):
    page_title = gettext_lazy("Translations")
    header_icon = "globe"
    index_url_name = "translations:list"
    index_results_url_name = "translations:list-results"
    model = Page
    permission_policy = None
    filterset_class = TranslationFilters
    export_filename = "translations"
    columns = [
        TitleColumn("title", label=gettext_lazy("Title"), get_url=lambda row: row["url"]),
        Column("kind", label=gettext_lazy("Kind")),
        Column("module", label=gettext_lazy("Module")),
        Column("language", label=gettext_lazy("Language")),
        Column("far", label=gettext_lazy("Translated")),
        Column("machine", label=gettext_lazy("By a machine")),
        Column("state", label=gettext_lazy("State")),
    ]
    list_export = ["title", "kind", "module", "language", "total", "done", "machine", "state"]
    export_headings = {
        "title": gettext_lazy("Title"),
        "kind": gettext_lazy("Kind"),
        "module": gettext_lazy("Module"),
        "language": gettext_lazy("Language"),
        "total": gettext_lazy("Texts"),
        "done": gettext_lazy("Translated"),
        "machine": gettext_lazy("By a machine"),
        "state": gettext_lazy("State"),
    }

    def dispatch(self, request, *args, **kwargs):
        if not may_translate(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_filtered_queryset(self):
        form = self.filters.form
        asked = form.cleaned_data if form.is_valid() else {}
        found = [row for row in progress.rows(*filter(None, [asked.get("language")])) if _fits(row, asked)]
        return [_shown(row) for row in (by_module(found) if asked.get("by") else found)]


def by_module(found: list[Row]) -> list[ModuleRow]:
    """The rows of each module in each language, added up; what belongs to no module is left out."""
    added: dict[tuple[str, str], list[Row]] = {}
    for row in found:
        if row.module:
            added.setdefault((row.module, row.language), []).append(row)
    return [_module_row(module, language, rows) for (module, language), rows in added.items()]


def _module_row(module: str, language: str, rows: list[Row]) -> ModuleRow:
    return ModuleRow(
        title=module,
        module=module,
        language=language,
        total=sum(row.total for row in rows),
        done=sum(row.done for row in rows),
        machine=sum(row.machine for row in rows),
        things=len(rows),
        not_begun=sum(not row.is_begun for row in rows),
        out_of_date=sum(row.is_out_of_date for row in rows),
        reviewed=sum(bool(row.reviewed_on) for row in rows),
    )


def _fits(row: Row, asked: dict) -> bool:
    words, state = (asked.get("text") or "").casefold(), asked.get("state")
    if state and not STATES[state][1](row):
        return False
    return words in row.title.casefold() or words in row.module.casefold()


def _shown(row: Row | ModuleRow) -> dict:
    common = {
        "title": row.title,
        "module": row.module,
        "language": str(dict(LANGUAGES)[row.language]),
        "total": row.total,
        "done": row.done,
        "far": _("%(done)s of %(total)s") % {"done": row.done, "total": row.total} if row.total else "",
        "machine": row.machine or "",
    }
    if isinstance(row, ModuleRow):
        return common | {"kind": _("Module"), "state": _in_a_module(row), "url": _list_url(row)}
    return common | {"kind": row.kind, "state": _state(row), "url": edit_url(row)}


def edit_url(row: Row) -> str:
    """To the side by side; where nothing is begun, to the form that begins it."""
    if row.is_begun and row.target_id:
        return get_edit_url(row.model(pk=row.target_id))
    if row.model is Page:
        return reverse("wagtail_localize:submit_page_translation", args=[row.source_id])
    args = [row.model._meta.app_label, row.model._meta.model_name, row.source_id]
    return reverse("wagtail_localize:submit_snippet_translation", args=args)


def _state(row: Row) -> str:
    found = [_("Not begun")] if not row.is_begun else []
    found += [_("English has changed since")] if row.is_out_of_date else []
    found += [_("With a reviewer")] if row.is_with_reviewer else []
    if row.reviewed_on:
        found.append(_("Reviewed %(day)s") % {"day": date_format(row.reviewed_on)})
    elif row.is_live:
        found.append(_("Live, not reviewed"))
    elif row.is_begun:
        found.append(_("Learners read the English"))
    return " · ".join(found)


def _in_a_module(row: ModuleRow) -> str:
    values = {"things": row.things, "new": row.not_begun, "old": row.out_of_date, "reviewed": row.reviewed}
    words = _("%(things)s pages and questions: %(new)s not begun, %(old)s out of date, %(reviewed)s reviewed")
    return words % values


def _list_url(row: ModuleRow) -> str:
    return f"{reverse('translations:list')}?{urlencode({'language': row.language, 'text': row.module})}"
