"""One person's record, and her time line. That either was looked at is written into the audit log."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log

from assessments.models import Attempt
from assessments.permissions import learners_trained_by
from assessments.queries import locked_attempts
from certificates.permissions import certificates_kept_by
from lms.core.zones import zone_of
from lms.learning.attendance.queries import attended
from lms.messaging.kinds import kinds
from lms.messaging.models import Message
from lms.people.models import User
from lms.people.permissions import KEEP_RECORDS, countries_for, person_for
from lms.people.staff.buttons import person_buttons

from .. import permissions, queries
from . import time_line as lines

A_PAGE = 50
MESSAGES = 20


@require_safe
@never_cache
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = _looked_at(request, pk)
    with timezone.override(zone_of(person.country_id)):
        context = _heads(request, person) | _record(request.user, person)
        return render(request, "reports/record/person.html", context | {"tab": "record"})


@require_safe
@never_cache
def time_line(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Newest first, in the clock of her country."""
    person = _looked_at(request, pk)
    with timezone.override(zone_of(person.country_id)):
        keeps = _keeps(request.user, person)
        offered = lines.kinds_for(keeps)
        kind = request.GET.get("kind") if request.GET.get("kind") in offered else ""
        found = [line for line in lines.time_line(person, keeps) if not kind or line.kind == kind]
        page = Paginator(found, A_PAGE).get_page(request.GET.get("p"))
        context = {"page": page, "kinds": offered.items(), "kind": kind, "tab": "time-line", "person": person}
        return render(request, "reports/record/time_line.html", _heads(request, person) | context)


def to_record(user: User, person: User) -> list[HeaderButton]:
    """From the page of her postings to everything else."""
    if not permissions.may_read_reports(user):
        return []
    url = reverse("reports:person", args=[person.pk])
    return [HeaderButton(_("Record"), url=url, icon_name="list-ul", priority=10)]


def _looked_at(request: HttpRequest, pk: UUID) -> User:
    permissions.check_may_read_reports(request.user)
    person = person_for(request.user, pk)
    log(person, "reports.view_person", user=request.user, title=person.staff_number)
    return person


def _keeps(user: User, person: User) -> bool:
    """Whether this user keeps her country's records: reads contact, job, wishes, and who looked."""
    return countries_for(user, *KEEP_RECORDS).filter(pk=person.country_id).exists()


def _record(user: User, person: User) -> dict:
    today, keeps = timezone.localdate(), _keeps(user, person)
    enrolments = queries.enrolments_of(person)
    return {
        "person": person,
        "today": today,
        "keeps": keeps,
        "postings": person.postings.select_related("site", "country"),
        "devices": person.devices.count(),
        "enrolments": [(enrolment, next_of(enrolment)) for enrolment in enrolments],
        "attempts": queries.attempts_of(person),
        "observations": queries.observations_of(person),
        "flagged": queries.flagged_of(person),
        "certificates": queries.certificates_of(person, today),
        "kept": set(certificates_kept_by(user).filter(holder=person).values_list("pk", flat=True)),
        "locked": _locked(user, person),
        "attended": attended(person),
        "sent": messages_of(person)[:MESSAGES],
        "wishes": person.data_requests.all() if keeps else [],
    }


def next_of(enrolment):
    """The first required step that is not done, while she is at it."""
    if enrolment.completed_at or enrolment.closed_at:
        return None
    return next((row for row in enrolment.requirements.all() if row.required and not row.completed_at), None)


def messages_of(person: User) -> list[tuple[str, Message]]:
    """What kind each was, never what it said. One query."""
    known = kinds()
    rows = Message.objects.filter(about=person.pk).order_by("-created_at").defer("body", "subject", "address")
    return [(known[row.kind].label if row.kind in known else row.kind, row) for row in rows[: 10 * MESSAGES]]


def _locked(user: User, person: User) -> list[Attempt]:
    """The quizzes in which this user may open another try."""
    if not learners_trained_by(user).filter(pk=person.pk).exists():
        return []
    return locked_attempts(User.objects.filter(pk=person.pk))


def _heads(request: HttpRequest, person: User) -> dict:
    trail = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("reports:people"), "label": _("People and certificates")},
        {"url": "", "label": str(person)},
    ]
    return {
        "breadcrumbs_items": trail,
        "header_title": str(person),
        "header_icon": "user",
        "header_buttons": _buttons(request.user, person),
    }


def _buttons(user: User, person: User) -> list:
    """This page itself is not offered."""
    kept = HeaderButton(_("Postings and data"), url=reverse("staff_people:show", args=[person.pk]), icon_name="user")
    here = reverse("reports:person", args=[person.pk])
    return [kept, *(button for button in person_buttons(user, person) if button.url != here)]
