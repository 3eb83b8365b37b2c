"""Earlier training in the admin: send a sheet, look at its rows, hand it on; the second person approves or refuses."""

import csv
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from ..models import CreditSheet
from . import permissions, services
from .checking import Review
from .columns import COLUMNS
from .forms import RefuseForm, SheetForm
from .targets import targets


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    """A file that is refused leaves nothing behind."""
    permissions.check_may_send(request.user)
    form = SheetForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        return redirect("credit:show", form.save().pk)
    return _page(request, "send", _("Send earlier training"), form=form, columns=COLUMNS, targets=targets())


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """An empty sheet with every heading and one example row."""
    permissions.check_may_send(request.user)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="earlier-training.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(column.label for column in COLUMNS)
    writer.writerow(column.example for column in COLUMNS)
    return response


@require_safe
@never_cache
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """To its sender: each row and what is wrong with it. To the second person: each row, to approve or refuse."""
    sheet = permissions.sheet_for(request.user, pk)
    return _show(request, sheet, RefuseForm())


@require_POST
def hand_on(request: HttpRequest, pk: UUID) -> HttpResponse:
    sheet = permissions.sheet_sent_by(request.user, pk)
    try:
        services.hand_on(sheet, by=request.user)
        messages.success(request, _("Handed on: HR, the country lead or a clinical reviewer looks at it next."))
    except services.RowsToMend:
        messages.error(request, _("Some rows are still to mend. Nothing was handed on."))
    return redirect("credit:show", pk)


@require_POST
def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    if services.discard(permissions.sheet_sent_by(request.user, pk)):
        messages.success(request, _("The sheet was thrown away."))
        return redirect("credit:index")
    return redirect("credit:show", pk)


@require_POST
def approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    sheet = _to_decide(request, pk)
    try:
        decided = services.approve(sheet, by=request.user)
        number = len(decided.rows)
        words = ngettext("%(number)d credit was given.", "%(number)d credits were given.", number)
        messages.success(request, words % {"number": number})
    except services.RowsToMend:
        messages.error(request, _("By now something is wrong with a row. Nothing was credited: refuse the sheet."))
    except services.NotASecondPerson:
        messages.error(request, _("A row is about you. Somebody else decides."))
    except services.AlreadyDecided:
        messages.error(request, _("Somebody decided about it before."))
    return redirect("credit:show", pk)


@require_POST
def refuse(request: HttpRequest, pk: UUID) -> HttpResponse:
    sheet = _to_decide(request, pk)
    form = RefuseForm(request.POST)
    if not form.is_valid():
        return _show(request, sheet, form)
    try:
        services.refuse(sheet, by=request.user, answer=form.cleaned_data["answer"])
        messages.success(request, _("Refused. Nothing was credited."))
    except services.AlreadyDecided:
        messages.error(request, _("Somebody decided about it before."))
    return redirect("credit:show", pk)


def _to_decide(request: HttpRequest, pk: UUID) -> CreditSheet:
    """A sheet that was decided meanwhile goes on, to be told so."""
    sheet = permissions.sheet_for(request.user, pk)
    if not sheet.decided_at and not permissions.may_decide(request.user, sheet):
        raise PermissionDenied
    if sheet.decided_at and sheet.uploaded_by_id == request.user.pk:
        raise PermissionDenied
    return sheet


def _show(request: HttpRequest, sheet: CreditSheet, form: RefuseForm) -> HttpResponse:
    context = {"sheet": sheet, "columns": COLUMNS, "form": form, "decides": permissions.may_decide(request.user, sheet)}
    context["is_sender"] = sheet.uploaded_by_id == request.user.pk
    if sheet.decided_at:
        context["credits"] = sheet.credits.select_related("person").order_by("pk")
    else:
        sender = request.user if context["is_sender"] and not sheet.handed_on_at else None
        context["review"] = Review(sheet, permissions.people_of(sheet, sender))
    return _page(request, "show", _("Earlier training"), **context)


def _page(request: HttpRequest, name: str, title: str, **context) -> HttpResponse:
    trail = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("credit:index"), "label": _("Earlier training")},
        {"url": "", "label": title},
    ]
    heads = {"breadcrumbs_items": trail, "header_title": title, "page_title": title, "header_icon": "history"}
    return render(request, f"learning/credit/{name}.html", heads | context)
