"""The trainer’s room in the site’s own look: nothing here needs a script."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from certificates.permissions import keeps_cohort
from lms.learning.attendance import permissions
from lms.learning.views import SeeOther
from lms.people.broadcasts import begin_broadcast, may_write_to_many

from . import cohorts, due, waiting
from .grid import grid

SORTS = {
    "name": gettext_lazy("By name"),
    "least": gettext_lazy("Least far first"),
    "last": gettext_lazy("Longest without a step"),
}
ONLY = {"": gettext_lazy("Everyone"), "stuck": gettext_lazy("Stuck"), "new": gettext_lazy("Not signed in yet")}
MANY_COHORTS = 20  # HR of a country: everybody of all of them at once would take seconds
MANY_SITES = 12
REASONS = {
    "all": gettext_lazy("All"),
    "quiet": gettext_lazy("No step for 7 days"),
    "locked": gettext_lazy("No try left"),
    "overdue": gettext_lazy("Overdue"),
    "new": gettext_lazy("Not signed in yet"),
}


def for_staff(view):
    """Signed in, and a trainer, HR or lead of some place: the links lead nobody else here."""

    @require_safe
    @never_cache
    @login_required
    def checked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not permissions.may_enter(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked


@for_staff
def my_cohorts(request: HttpRequest) -> HttpResponse:
    found = cohorts.my_cohorts(request.user, request.GET.get("page"), timezone.now())
    return render(request, "reports/room/cohorts.html", {"found": found})


@for_staff
def cohort(request: HttpRequest, pk: int) -> HttpResponse:
    """The grid. Sorted and filtered by the address alone."""
    found, now = permissions.cohort_for(request.user, pk), timezone.now()
    sort, only = request.GET.get("sort", "name"), request.GET.get("only", "")
    context = {
        "cohort": found,
        "listed": cohorts.one(request.user, found, now),
        "grid": grid(request.user, found, now, sort=sort, only=only, number=request.GET.get("page")),
        "sorts": SORTS,
        "sort": sort if sort in SORTS else "name",
        "filters": ONLY,
        "only": only if only in ONLY else "",
        "query": urlencode({"only": only, "sort": sort}) + "&",
        "writes": may_write_to_many(request.user),
        "keeps": keeps_cohort(request.user, found),
    }
    return render(request, "reports/room/cohort.html", context)


@for_staff
def stuck(request: HttpRequest) -> HttpResponse:
    """Over all her cohorts, or of one."""
    asked, reason = request.GET.get("cohort", ""), request.GET.get("why", "all")
    one = permissions.cohort_for(request.user, int(asked)) if asked.isdecimal() else None
    number, reason, now = request.GET.get("page"), reason if reason in REASONS else "all", timezone.now()
    if not one and waiting.running(request.user, now).count() > MANY_COHORTS:
        messages.info(request, _("You have many cohorts: open one, then its stuck."))
        return redirect("room:cohorts")
    found = waiting.waiting(request.user, now, reason=reason, cohort=one, number=number)
    context = {
        "found": found,
        "cohort": one,
        "reasons": [(key, label, found.counts[key]) for key, label in REASONS.items()],
        "reason": reason,
        "query": f"why={reason}&" + (f"cohort={one.pk}&" if one else ""),
        "writes": may_write_to_many(request.user),
    }
    return render(request, "reports/room/stuck.html", context)


@for_staff
def practicals(request: HttpRequest) -> HttpResponse:
    """Of all her sites, or of one; who has many chooses first."""
    sites = list(due.my_sites(request.user).order_by("name"))
    asked, now = request.GET.get("site", ""), timezone.now()
    site = next((site for site in sites if site.code == asked), None)
    if asked and not site:
        raise Http404
    chooses = not site and len(sites) > MANY_SITES
    context = {
        "page": None if chooses else due.due_practicals(request.user, request.GET.get("page"), site),
        "drafts": due.drafts_left_lying(request.user, now),
        "site": site,
        "query": urlencode({"site": site.code}) + "&" if site else "",
        "sites": sites,
        "chooses": chooses,
    }
    return render(request, "reports/room/practicals.html", context)


@require_POST
@login_required
def write(request: HttpRequest) -> HttpResponse:
    """On to the message for those who are ticked; nothing is sent yet."""
    if not may_write_to_many(request.user):
        raise PermissionDenied
    people = waiting.chosen_of(request.user, request.POST.getlist("who"))
    if not people:
        messages.warning(request, _("Tick the people you want to write to."))
        return SeeOther(reverse("room:stuck"))
    return SeeOther(reverse("staff_broadcasts:write", args=[begin_broadcast(request.user, people).pk]))
