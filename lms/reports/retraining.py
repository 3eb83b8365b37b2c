"""Before people are asked to learn something again: how many, where, which lessons; then the confirmation."""

from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.models import Page

from curriculum.facts.changes import about, lessons_of, lessons_on
from curriculum.models import Change, Fact
from curriculum.permissions import may_ask_again
from lms.learning import retraining

from .depending import KINDS
from .queries import titles

AGAIN = gettext_lazy("Learn again")


class AskForm(forms.Form):
    """By the digest of the preview a confirmation is of what was seen."""

    expected = forms.CharField(max_length=64, widget=forms.HiddenInput)


class PageForm(AskForm):
    """The id is made with the form: by it a second press is recognised."""

    change_id = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("What has changed, and why"),
        max_length=Change._meta.get_field("reason").max_length,
        help_text=gettext_lazy("Staff read it beside each result. Such as: The dose on card 3 was wrong. Name nobody."),
        widget=forms.Textarea({"rows": 3}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A change of a fact that is marked «must retrain»: whom it asks; once confirmed, how far it is."""
    _check(request)
    row = get_object_or_404(Change.objects.select_related("fact", "made_by"), pk=pk, kind=Change.Kind.RETRAIN)
    if row.applied_at:
        return _applied(request, row)
    form = AskForm(request.POST or None)
    if form.is_valid():
        asked = _asked(request, lambda: retraining.ask_again(row, by=request.user, **form.cleaned_data))
        return redirect("reports:retrain", pk) if asked else redirect(request.path)
    found = retraining.reckon(lessons_of(row))
    form = AskForm(initial={"expected": found.digest})
    return _page(request, "retrain", _thing(row), row=row, found=found, form=form, lessons=titles(found.keys))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """An edit of a lesson or module that everybody has to learn again."""
    _check(request)
    edited = get_object_or_404(Page.objects.live().type(*KINDS), pk=pk)
    form = PageForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        asked = _asked(request, lambda: retraining.retrain_page(page=edited, by=request.user, **given))
        if asked:
            return redirect("reports:retrain", given["change_id"])
    found = retraining.reckon(lessons_on(edited))
    again = {"change_id": uuid4(), "expected": found.digest, "reason": form.data.get("reason", "")}
    if not form.is_bound or form.is_valid():
        form = PageForm(initial=again)
    context = {"page": edited, "found": found, "form": form, "lessons": titles(found.keys)}
    return _page(request, "retrain", edited.title, **context)


def _asked(request: HttpRequest, ask) -> Change | None:
    try:
        return ask()
    except retraining.PreviewChanged:
        messages.error(request, _("The numbers have changed since. Nobody was asked: look again, then confirm."))
    except retraining.NobodyToAsk:
        messages.warning(request, _("Nobody rests on it any more. Nobody was asked."))
    return None


def _applied(request: HttpRequest, row: Change) -> HttpResponse:
    left = 0 if row.finished_at else retraining.waiting_for(row).count()
    context = {"row": row, "left": left, "lessons": titles(UUID(key) for key in row.units)}
    return _page(request, "retrained", _thing(row), **context)


def _thing(row: Change) -> str:
    found = about(row)
    return found.code if isinstance(found, Fact) else found.title if found else "–"


def _check(request: HttpRequest) -> None:
    """The buttons lead only those here who may, so this is somebody who typed the address."""
    if not may_ask_again(request.user):
        raise PermissionDenied


def _page(request: HttpRequest, name: str, thing: str, **context) -> HttpResponse:
    title = _("Learn again: %(thing)s") % {"thing": thing}
    trail = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, {"url": "", "label": title}]
    heads = {"breadcrumbs_items": trail, "header_title": title, "page_title": title, "header_icon": "redirect"}
    return render(request, f"reports/{name}.html", heads | {"thing": thing} | context)
