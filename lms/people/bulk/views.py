"""Before: how many it concerns and whom not, and why. After: what became of each."""

from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lms.core.export import log_export

from .. import selections
from ..models import Selection, User
from .actions import BulkAction, actions
from .tasks import carry_out_selection

AT_ONCE = 50  # more are done by a task
SHOWN = 200  # of those with whom it cannot be done
CONTENT_TYPES = {"zip": "application/zip", "pdf": "application/pdf"}


@dataclass(frozen=True)
class Outlook:
    """How many can, who cannot and why, and how many more cannot than are shown."""

    can: int
    cannot: list[tuple[User, str]]
    more: int


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def confirm(request: HttpRequest, pk: UUID, action: str) -> HttpResponse:
    """First the form, if it has one; then the numbers; then, by a POST, the work.

    The form is posted too, with `look`: a reason that somebody types stands in no address.
    """
    selection, action = _selection(request, pk), _action(request, action)
    if selection.confirmed_at:
        return redirect("staff_bulk:result", pk)
    given = request.POST or request.GET
    form = action.form_class(given or None, user=request.user) if action.form_class else None
    if form and not form.is_valid():
        return _page(request, "choose", selection, action, form=form)
    choices = form.cleaned_data if form else {}
    if request.method == "POST" and "look" not in request.POST:
        return _begin(request, selection, action, form.data if form else {})
    outlook = _outlook(selection, action, request.user, choices)
    context = {"form": form, "outlook": outlook, "question": action.question(outlook.can)}
    return _page(request, "confirm", selection, action, **context)


@require_safe
@never_cache
def result(request: HttpRequest, pk: UUID) -> HttpResponse:
    selection = _selection(request, pk)
    if not selection.confirmed_at:
        raise Http404
    refused = selection.picked.refused().select_related("person").order_by("person__family_name", "pk")
    context = {
        "done": selection.picked.done().count(),
        "past": selection.picked.count() - selection.picked.waiting().count(),
        "refused": Paginator(refused, SHOWN).get_page(request.GET.get("p")),
        "all": selection.picked.count(),
    }
    return _page(request, "result", selection, actions()[selection.action], **context)


@require_safe
@never_cache
def file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was made for its maker, for a day and while she may make it with each of them. Each fetch is logged."""
    selection = _selection(request, pk)
    action = _action(request, selection.action)
    if not selection.file or not _are_still_hers(selection, action):
        raise Http404
    kind = action.file_kind
    log_export(request, selection.action, kind, selection.picked.done().count())
    name = f"{selection.action}-{selection.finished_at:%Y%m%d}.{kind}"
    content = selection.file.open("rb")
    return FileResponse(content, as_attachment=True, filename=name, content_type=CONTENT_TYPES[kind])


def _begin(request: HttpRequest, selection: Selection, action: BulkAction, given) -> HttpResponse:
    few = selection.picked.count() <= AT_ONCE
    choices = {
        name: given[name] for name in (action.form_class.base_fields if action.form_class else ()) if name in given
    }
    with transaction.atomic():
        begun = selections.confirm(selection, action, choices)
        if begun and not few and not action.at_once:
            carry_out_selection.enqueue(str(selection.pk))
    if begun and (few or action.at_once):
        selection.refresh_from_db()
        answer = action.answer(request, selection)
        if answer:
            return answer
        selections.carry_out(selection)
    return redirect("staff_bulk:result", selection.pk)


def _outlook(selection: Selection, action: BulkAction, by: User, choices: dict) -> Outlook:
    keys = selections.keys_of(selection, action)
    targets = list(action.targets(by, keys))
    reasons = action.reasons(by, targets, choices)
    cannot = [(_person(target), reasons[target.pk]) for target in targets if target.pk in reasons]
    gone = len(keys) - len(targets)
    return Outlook(len(targets) - len(cannot), cannot[:SHOWN], gone + max(0, len(cannot) - SHOWN))


def _are_still_hers(selection: Selection, action: BulkAction) -> bool:
    """She may have changed her place since it was made, or one of them hers."""
    done = set(selection.picked.done().values_list("row" if action.of_rows else "person", flat=True))
    return action.targets(selection.by, done).count() == len(done)


def _person(target) -> User:
    return target if isinstance(target, User) else target.person


def _selection(request: HttpRequest, pk: UUID) -> Selection:
    return get_object_or_404(Selection.objects.select_related("by"), pk=pk, by=request.user)


def _action(request: HttpRequest, name: str) -> BulkAction:
    action = actions().get(name)
    if not action or not action.is_for(request.user):
        raise Http404
    return action


def _page(request: HttpRequest, name: str, selection: Selection, action: BulkAction, **context) -> HttpResponse:
    trail = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": selection.back_url, "label": _("People")},
        {"url": "", "label": action.label},
    ]
    heads = {"breadcrumbs_items": trail, "header_title": action.label, "page_title": action.label}
    heads |= {"header_icon": action.icon_name, "selection": selection, "action": action}
    return render(request, f"people/bulk/{name}.html", heads | context)
