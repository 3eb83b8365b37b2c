"""The intake before its people exist: send a sheet, match its columns, look at its rows, choose, start it."""

from contextlib import suppress

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages

from ..models import Intake
from . import after, permissions, queries, services
from .checking import Review, review
from .columns import COLUMNS
from .forms import ColumnsForm, IntakeForm
from .matching import sheet_columns
from .page import page
from .reading import LIMITS, MAX_BYTES
from .showing import FILTERS, shown

A_PAGE = 50
FORM_BYTES = 256 * 1024  # what the form holds beside the file


@csrf_exempt
@require_http_methods(["GET", "POST"])
def send(request):
    """A request that says it is too large is answered before any of it is read: the token stands in its body."""
    permissions.check_may_take_in(request.user)
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES + FORM_BYTES:
        form = IntakeForm(user=request.user)
        return page(request, "send", _("New intake"), status=413, form=form, columns=COLUMNS, refusal=LIMITS.too_large)
    return _send(request)


@csrf_protect
def _send(request):
    """The sheet and what holds for all its rows. A file that is refused leaves nothing behind."""
    form = IntakeForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        intake = form.save()
        return redirect("intake:show" if intake.rows else "intake:columns", intake.pk)
    return page(request, "send", _("New intake"), form=form, columns=COLUMNS)


@require_http_methods(["GET", "POST"])
@never_cache
def columns(request, pk):
    """Which column holds what, guessed; she has the last word."""
    intake = permissions.intake_for(request.user, pk)
    if intake.state not in services.OPEN:
        return redirect("intake:show", pk)
    form = ColumnsForm(sheet_columns(intake.lines), intake.columns, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with suppress(services.AlreadyStarted):
            services.match_columns(intake, form.cleaned_data["columns"])
        return redirect("intake:show", pk)
    return page(request, "columns", _("Match the columns"), intake=intake, form=form)


@require_GET
@never_cache
def show(request, pk):
    """Before: each row and what is wrong with it. While it is carried out: how far. Afterwards: who was made."""
    intake = permissions.intake_for(request.user, pk)
    if intake.state == Intake.State.UNDONE:
        return page(request, "undone", intake.cohort_name, intake=intake)
    if intake.state == Intake.State.DONE:
        return after.result(request, intake)
    if intake.state not in services.OPEN:
        return page(request, "progress", intake.cohort_name, intake=intake, rows=len(intake.rows))
    if not intake.rows:
        return redirect("intake:columns", pk)
    return _preview(request, intake)


@require_POST
@never_cache
def decide(request, pk):
    """Keep the choices of this page of the preview."""
    intake = permissions.intake_for(request.user, pk)
    with suppress(services.AlreadyStarted):
        services.decide(intake, _choices(request))
    return redirect(f"{reverse('intake:show', args=[pk])}?{request.GET.urlencode()}")


@require_POST
@never_cache
def commit(request, pk):
    """Start it. A second press changes nothing; a choice changed on this page is kept first and looked at again."""
    intake = permissions.intake_for(request.user, pk)
    beyond = request.POST.get("beyond") == "on"
    try:
        intake = services.decide(intake, _choices(request))
        services.start_intake(
            intake, by=request.user, expected=request.POST.get("expected", ""), beyond_capacity=beyond
        )
    except services.AlreadyStarted:
        return redirect("intake:show", pk)
    except services.NotStarted as refusal:
        messages.error(request, str(refusal))
    return redirect("intake:show", pk)


@require_POST
def discard(request, pk):
    intake = permissions.intake_for(request.user, pk)
    if services.discard_intake(intake):
        messages.success(request, _("The sheet was thrown away. Nobody was created."))
    return redirect("intake:index")


def _preview(request, intake):
    checked = review(intake, request.user)
    chosen = request.GET.get("show", "all")
    if chosen not in FILTERS:
        raise Http404
    rows = Paginator(shown(checked, chosen), A_PAGE).get_page(request.GET.get("p"))
    context = {"intake": intake, "review": checked, "rows": rows, "shown": chosen, "filters": _filters(checked, chosen)}
    context |= {
        "headings": [column for column in COLUMNS if column.key in intake.columns.values()],
        "programme": queries.programme_title(intake),
        "joined": queries.cohort_joined(intake),
        "places_missing": services.places_missing(intake, checked),
    }
    return page(request, "preview", intake.cohort_name, **context)


def _filters(checked: Review, chosen: str) -> list[dict]:
    return [
        {"name": name, "label": label, "count": len(shown(checked, name)), "is_chosen": name == chosen}
        for name, label in FILTERS.items()
    ]


def _choices(request) -> dict[int, str]:
    posted = ((name.removeprefix("choice-"), value) for name, value in request.POST.items() if "choice-" in name)
    return {int(line): value[:36] for line, value in posted if line.isdecimal() and len(line) < 8}
