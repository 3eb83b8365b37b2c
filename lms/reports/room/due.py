"""Practicals due at my sites: the theory is done and nobody has signed off yet; and sign-offs that were left lying."""

from datetime import datetime, timedelta
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Case, DateTimeField, Exists, Max, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from wagtail.models import Page as WagtailPage

from assessments.models import Observation, PracticalPage
from curriculum.models import Withdrawal
from lms.learning.attendance.permissions import READERS
from lms.learning.models import Enrolment, Requirement
from lms.people.models import Posting, Role, Site, User
from lms.people.permissions import learners_observed_by, sites_for

from ..queries import titles

LEFT_LYING = timedelta(days=7)
ON_A_PAGE = 50
KIND = PracticalPage.kind


def due_practicals(user: User, number, site: Site | None = None) -> Page:
    """Rows of requirements with person, site, `since` and `title`, by site, whoever waits longest first.

    `may_watch`: the user observes there and may begin. A fixed number of queries.
    """
    rows = _waiting(user, site)
    rows = rows.select_related("enrolment__person").order_by("site", "since", "enrolment__person__family_name", "pk")
    page = Paginator(rows, ON_A_PAGE).get_page(number)
    named = titles(row.unit_key for row in page)
    hers = [row.enrolment.person_id for row in page]
    watched = set(learners_observed_by(user).filter(pk__in=hers).values_list("pk", flat=True))
    for row in page:
        row.title, row.may_watch = named.get(row.unit_key, "–"), row.enrolment.person_id in watched
    return page


def drafts_left_lying(user: User, now: datetime) -> QuerySet[Observation]:
    """Begun at her sites more than seven days ago and not signed; the oldest first. One query."""
    rows = Observation.objects.filter(signed_at=None, started_at__lt=now - LEFT_LYING, site__in=my_sites(user))
    return rows.select_related("learner", "observer", "site").defer("steps").order_by("started_at")[:ON_A_PAGE]


def my_sites(user: User) -> QuerySet[Site]:
    return sites_for(user, *READERS).open()


def _waiting(user: User, site: Site | None) -> QuerySet[Requirement]:
    """Practicals that an open enrolment asks for, whose theory is whole, of learners who are posted at her sites."""
    sites = my_sites(user).filter(pk=site.pk) if site else my_sites(user)
    posted = Posting.objects.current().filter(
        role=Role.LEARNER, site__in=sites, person=OuterRef("enrolment__person"), person__is_active=True
    )
    modules = _modules_by_practical()
    gone = Withdrawal.objects.open().filter(page_key=OuterRef("unit_key"))
    rows = Requirement.objects.filter(Exists(posted), kind=KIND, completed_at=None, unit_key__in=modules)
    rows = rows.filter(~Exists(gone), enrolment__in=Enrolment.objects.open(), enrolment__person__merged_into=None)
    return rows.filter(_theory_done(modules)).annotate(
        site=Subquery(posted.order_by("-starts_on", "-pk").values("site__name")[:1]),
        since=Coalesce(_since(modules), "enrolment__opened_at"),
    )


def _theory_done(modules: dict[UUID, set[UUID]]) -> Q:
    """For each practical: something of its modules is asked, and nothing that is required is left.

    One that names no module waits for the whole theory.
    """
    done = Q(pk__in=[])
    for key, of in modules.items():
        theory = _theory(of)
        done |= Q(unit_key=key) & Q(Exists(theory)) & ~Q(Exists(theory.filter(required=True, completed_at=None)))
    return done


def _since(modules: dict[UUID, set[UUID]]) -> Case:
    """When the last of that theory was done."""
    return Case(
        *(
            When(
                unit_key=key,
                then=Subquery(_theory(of).values("enrolment").annotate(at=Max("completed_at")).values("at")),
            )
            for key, of in modules.items()
        ),
        output_field=DateTimeField(),
    )


def _theory(modules: set[UUID]) -> QuerySet[Requirement]:
    rows = Requirement.objects.filter(enrolment=OuterRef("enrolment")).exclude(kind=KIND).order_by()
    return rows.filter(module_key__in=modules) if modules else rows


def _modules_by_practical() -> dict[UUID, set[UUID]]:
    """A live practical’s key → the keys of the modules that it names. Two queries; the stored ids are compared."""
    rows = list(
        PracticalPage.objects.live().filter(locale__language_code="en").values_list("translation_key", "modules")
    )
    ids = {block["value"] for _key, modules in rows for block in modules.raw_data if block["value"]}
    keys = dict(WagtailPage.objects.filter(pk__in=ids).values_list("pk", "translation_key"))
    found: dict[UUID, set[UUID]] = {}
    for key, modules in rows:
        found.setdefault(key, set()).update(
            keys[block["value"]] for block in modules.raw_data if block["value"] in keys
        )
    return found
