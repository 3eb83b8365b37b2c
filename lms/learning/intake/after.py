"""The intake once its people exist: who was made, their slips on paper and by SMS, and taking it all back."""

from functools import wraps

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from curriculum.paper.press import MissingLibrary

from ..models import Intake
from . import giving, permissions, queries, undoing
from .page import page

A_PAGE = 50


def when_done(view):
    """Gives the view the committed intake; any other leads to its own page."""

    @wraps(view)
    def ask(request, pk):
        intake = permissions.intake_for(request.user, pk)
        return view(request, intake) if intake.state == Intake.State.DONE else redirect("intake:show", pk)

    return ask


def result(request, intake: Intake):
    """Who was made and enrolled, who waits for a slip."""
    people = queries.people_of(intake)
    known = {row["person"] for row in intake.rows if row.get("person") and not row.get("new")}
    context = {
        "intake": intake,
        "people": Paginator(people, A_PAGE).get_page(request.GET.get("p")),
        "new": sum(bool(row.get("new")) for row in intake.rows),
        "known": known,
        "parts": giving.parts(intake, request.user),
        "left_out": [row["line"] for row in intake.rows if not row.get("person")],
        "programme": queries.programme_title(intake),
    }
    return page(request, "result", intake.cohort_name, **context)


@require_POST
@never_cache
@when_done
def slips(request, intake):
    """A sheet of slips to print, exactly once: the plain codes exist only in this answer."""
    part = next(
        (one for one in giving.parts(intake, request.user) if str(one.number) == request.POST.get("part")), None
    )
    if not part:
        messages.warning(request, _("Nobody there waits for a slip any more."))
        return redirect("intake:show", intake.pk)
    try:
        pdf = giving.print_slips(intake, part, by=request.user)
    except MissingLibrary as missing:
        messages.error(request, str(missing))
        return redirect("intake:show", intake.pk)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="slips-{part.number}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "POST"])
@never_cache
@when_done
def text(request, intake):
    """Slips by SMS: first how many, then once: `expected` says which codes the page knew of."""
    waiting = [person for part in giving.parts(intake, request.user) for person in part.people]
    reached = giving.with_phone(waiting)
    if request.method == "POST":
        try:
            count = giving.text_slips(intake, reached, by=request.user, expected=request.POST.get("expected", ""))
        except giving.CodesChanged:
            messages.error(request, _("Codes changed in the meantime. Nothing was sent: look at the numbers again."))
            return redirect("intake:text", intake.pk)
        sent = ngettext("%(count)d message waits to be sent.", "%(count)d messages wait to be sent.", count)
        messages.success(request, sent % {"count": count})
        return redirect("intake:show", intake.pk)
    context = {"reached": len(reached), "without": len(waiting) - len(reached), "expected": giving.codes_of(reached)}
    context |= {"price": giving.price_of(intake, reached)}
    return page(request, "text", _("Slips by SMS"), intake=intake, **context)


@require_http_methods(["GET", "POST"])
@never_cache
@when_done
def undo(request, intake):
    """Take everything back, while nobody has signed in: first the numbers, then once."""
    if request.method == "POST":
        return _undo(request, intake)
    context = {
        "against": undoing.standing_against(intake),
        "made": undoing.made_by(intake).count(),
        "known": undoing.linked_by(intake).count(),
    }
    return page(request, "undo", _("Undo this intake"), intake=intake, **context)


def _undo(request, intake: Intake):
    try:
        undoing.undo_intake(intake, by=request.user)
    except undoing.CannotUndo:
        return redirect("intake:undo", intake.pk)
    except undoing.InUse:
        messages.error(request, _("Somebody of it has records in another part of the platform. Nothing was undone."))
        return redirect("intake:undo", intake.pk)
    except undoing.NotDone:
        return redirect("intake:show", intake.pk)
    messages.success(request, _("The intake was undone. The people it made are gone."))
    return redirect("intake:show", intake.pk)
