"""A cohort's certificates: how many stand where, who has none to pack, and the ways to take them along."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.admin.widgets.button import HeaderButton

from lms.learning.models import Cohort, Enrolment
from lms.people import selections
from lms.people.models import User
from lms.people.permissions import people_visible_to

from ..bundles import choosing
from ..models import Certificate
from ..permissions import check_keeps_certificates, cohort_kept_by, keeps_cohort
from ..standings import in_words
from . import bulk

ON_A_PAGE = 50


@dataclass(frozen=True)
class Row:
    """One of the cohort, and the newest certificate of its programme that she holds."""

    enrolment: Enrolment
    certificate: Certificate | None

    @property
    def state(self) -> str:
        if self.certificate is None:
            return _("No certificate yet")
        return _("Erased") if self.certificate.is_erased else in_words(self.certificate)

    @property
    def can_be_packed(self) -> bool:
        certificate = self.certificate
        return bool(certificate and certificate.drawn_at and not certificate.revoked_at and not certificate.is_erased)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def cohort(request: HttpRequest, pk: int) -> HttpResponse:
    """What is picked by a POST is confirmed on the page of the action."""
    check_keeps_certificates(request.user)
    found = cohort_kept_by(request.user, pk)
    if request.method == "POST":
        return _pick(request, found)
    rows = _rows(request.user, found)
    lacking = [row for row in rows if not row.can_be_packed]
    context = _heads(found) | {
        "cohort": found,
        "states": Counter(row.state for row in rows).most_common(),
        "all": len(rows),
        "can": len(rows) - len(lacking),
        "lacking": _page(lacking, request),
        "actions": _offered(request.user),
    }
    return render(request, "certificates/staff/cohort.html", context)


def buttons(found: Cohort, user: User) -> Iterator[HeaderButton]:
    if keeps_cohort(user, found):
        url = reverse("staff_certificates:cohort", args=[found.pk])
        yield HeaderButton(_("Certificates"), url=url, icon_name="doc-full", priority=7)


def _pick(request: HttpRequest, found: Cohort) -> HttpResponse:
    name = request.POST.get("action")
    if name not in {action.name for action in _offered(request.user)}:
        raise Http404
    page = f"staff_certificates:cohort {found.pk}"
    try:
        pairs = _enrolments(request.user, found).values_list("person_id", "pk")[: selections.MOST + 1]
        selection = selections.pick(request.user, page, pairs)
    except selections.NobodyPicked:
        messages.warning(request, _("Nobody in this cohort yet."))
        return redirect("staff_certificates:cohort", found.pk)
    except selections.TooMany as error:
        messages.warning(request, _("At most %(most)s people at a time: filter the list.") % {"most": error.args[0]})
        return redirect("reports:people")
    return redirect("staff_bulk:confirm", selection.pk, name)


def _rows(user: User, found: Cohort) -> list[Row]:
    enrolments = list(
        _enrolments(user, found).select_related("person").order_by("person__family_name", "person__given_names", "pk")
    )
    newest = choosing.newest_of(user, enrolments)
    return [Row(enrolment, newest.get(enrolment.pk)) for enrolment in enrolments]


def _enrolments(user: User, found: Cohort):
    """Those who left it are not in it; who was erased or merged is nowhere."""
    return Enrolment.objects.filter(cohort=found, closed_at=None, person__in=people_visible_to(user))


def _offered(user: User) -> list:
    return [action for action in bulk.actions() if action.is_for(user)]


def _page(rows: list[Row], request: HttpRequest) -> Page:
    return Paginator(rows, ON_A_PAGE).get_page(request.GET.get("p"))


def _heads(found: Cohort) -> dict:
    title = _("Certificates")
    trail = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("cohorts:index"), "label": _("Cohorts")},
        {"url": reverse("cohorts:edit", args=[found.pk]), "label": found.name},
        {"url": "", "label": title},
    ]
    return {"breadcrumbs_items": trail, "header_title": title, "page_title": title, "header_icon": "doc-full"}
