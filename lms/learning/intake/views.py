"""The intake in the Wagtail admin: send a sheet, look at its rows, create the people, print their slips."""

import csv

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages

from lms.people.slips import print_slips

from . import permissions, queries, services
from .checking import Review, review
from .columns import COLUMNS
from .forms import IntakeForm


@require_http_methods(["GET", "POST"])
def send(request):
    """The sheet and what holds for all its rows. A file that is refused leaves nothing behind."""
    permissions.check_may_take_in(request.user)
    form = IntakeForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        return redirect("intake:show", form.save().pk)
    return _page(request, "send", _("New intake"), form=form, columns=COLUMNS)


@require_GET
@never_cache
def show(request, pk):
    """Before the commit: each row and what is wrong with it. Afterwards: who was made."""
    intake = permissions.intake_for(request.user, pk)
    if intake.committed_at:
        return _result(request, intake)
    checked = review(intake, request.user)
    return _page(request, "preview", intake.cohort_name, **_preview(intake, checked))


@require_POST
@never_cache
def commit(request, pk):
    """Create the people of the good rows. A second press shows the same result and changes nothing."""
    intake = permissions.intake_for(request.user, pk)
    try:
        intake = services.commit_intake(intake, by=request.user, expected=request.POST.get("expected", ""))
    except services.AlreadyCommitted:
        return redirect("intake:show", pk)
    except services.CommitRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("intake:show", pk)
    return _slips(request, intake)


@require_POST
@never_cache
def slips(request, pk):
    """New one-time codes for those who never signed in; the slips printed before stop working."""
    intake = permissions.intake_for(request.user, pk)
    if not intake.committed_at:
        return redirect("intake:show", pk)
    return _slips(request, intake)


@require_POST
def discard(request, pk):
    intake = permissions.intake_for(request.user, pk)
    if services.discard_intake(intake):
        messages.success(request, _("The sheet was thrown away. Nobody was created."))
    return redirect("intake:index")


@require_GET
def template(request):
    """An empty sheet with every heading and one example row, as a spreadsheet program opens it."""
    permissions.check_may_take_in(request.user)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="intake.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(column.label for column in COLUMNS)
    writer.writerow(column.example for column in COLUMNS)
    return response


def _preview(intake, checked: Review) -> dict:
    return {
        "intake": intake,
        "review": checked,
        "columns": COLUMNS,
        "programme": queries.programme_title(intake),
        "joined": queries.cohort_joined(intake),
    }


def _slips(request, intake):
    """To print, exactly once: the plain codes exist only in this answer."""
    slips = services.give_slips(intake, by=request.user)
    return print_slips(request, slips, back_url=reverse("intake:show", args=[intake.pk]))


def _result(request, intake):
    people = queries.people_of(intake)
    context = {
        "intake": intake,
        "people": people,
        "waiting": [person for person in people if not person.last_login],
        "left_out": [row["line"] for row in intake.rows if not row.get("person")],
        "programme": queries.programme_title(intake),
    }
    return _page(request, "result", intake.cohort_name, **context)


def _page(request, name: str, title: str, **context):
    trail = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("intake:index"), "label": _("Intake")},
        {"url": "", "label": title},
    ]
    heads = {"breadcrumbs_items": trail, "header_title": title, "page_title": title, "header_icon": "group"}
    return render(request, f"learning/intake/{name}.html", heads | context)
