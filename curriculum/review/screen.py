"""One page for the reviewer: what changed since the last review, what it states and who says so, and her decision."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail.admin.utils import get_latest_str
from wagtail.models import Page, TaskState, WorkflowState
from wagtail_localize.models import StringTranslation, Translation, get_edit_url

from ..translation.editing import translation_of
from ..translation.permissions import may_change
from ..translation.texts import texts
from . import changes, queries

HOME = {"url": reverse_lazy("wagtailadmin_home"), "label": gettext_lazy("Home")}
DECISIONS = {"approve", "reject"}


@dataclass(frozen=True)
class Pair:
    """A text and its translation."""

    place: str
    english: str
    translated: str
    by_machine: bool


@require_safe
def screen(request: HttpRequest, pk: int) -> HttpResponse:
    """The version that waits in this task. For who may change the page; the decision is for who may approve it."""
    state = get_object_or_404(TaskState.objects.select_related("workflow_state__requested_by", "task"), pk=pk).specific
    thing = state.workflow_state.content_object
    thing = thing.specific if isinstance(thing, Page) else thing
    if thing is None or not may_change(request.user, thing):
        raise PermissionDenied
    after = thing.latest_revision.as_object()
    last = queries.reviewed_before(thing)
    before = last.revision.as_object() if last else None
    translation = translation_of(thing)
    context = {
        "state": state,
        "thing": thing,
        "title": get_latest_str(after),
        "last": last,
        "changes": changes.between(before, after, request, last.reviewed_at if last else None),
        "pairs": _pairs(translation, after) if translation else [],
        "english_is_newer": bool(translation) and _english_is_newer(translation),
        "decisions": _decisions(request, state, thing),
        "comments": _comments(thing),
        "edit_url": get_edit_url(thing),
        "page_title": _("Review"),
        "breadcrumbs_items": [
            HOME,
            {"url": get_edit_url(thing), "label": get_latest_str(after)},
            {"url": "", "label": _("Review")},
        ],
    }
    return render(request, "curriculum/admin/review.html", context)


def _decisions(request: HttpRequest, state: TaskState, thing: Model) -> list[dict]:
    """What she may decide, as addresses of Wagtail's own workflow."""
    under_way = state.workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
    if not under_way or state.status != TaskState.STATUS_IN_PROGRESS:
        return []
    names = {name for name, _label, _modal in state.task.specific.get_actions(thing, request.user)} & DECISIONS
    address = "wagtailadmin_pages:workflow_action"
    if not isinstance(thing, Page):
        address = thing.snippet_viewset.get_url_name("workflow_action")
    return [{"name": name, "url": reverse(address, args=[thing.pk, name, state.pk])} for name in sorted(names)]


def _comments(thing: Model) -> list:
    """Open comments at the fields of a page."""
    if not isinstance(thing, Page):
        return []
    return list(thing.wagtail_admin_comments.filter(resolved_at=None).select_related("user"))


def _pairs(translation: Translation, after: Model) -> list[Pair]:
    """Each English text beside its translation. A path that holds several texts holds as many in both languages."""
    rows = StringTranslation.objects.filter(
        context__object_id=translation.source.object_id, locale=translation.target_locale_id, translation_type="machine"
    )
    machine = set(rows.values_list("context__path", "translation_of__data"))
    theirs: dict[str, list[str]] = {}
    for text in texts(after):
        theirs.setdefault(text.path, []).append(text.source)
    pairs = []
    for text in texts(translation.source.as_instance()):
        written = theirs.get(text.path) or [""]
        translated = written.pop(0)
        pairs.append(Pair(text.place, text.source, translated, (text.path, text.source) in machine))
    return pairs


def _english_is_newer(translation: Translation) -> bool:
    published = getattr(translation.source.get_source_instance(), "last_published_at", None)
    return bool(published) and published > translation.source.last_updated_at
