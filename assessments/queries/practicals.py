"""Reading observations: whom an observer watches, what was signed."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import get_language
from wagtail.models import Page

from curriculum.models import ModulePage, Withdrawal
from lms.learning.models import Requirement
from lms.people.models import Role, User
from lms.people.permissions import sites_for

from ..models import Observation, PracticalPage
from .pages import page_of

SHOWN = 20


def practical_page(unit_key: UUID, language: str) -> PracticalPage:
    return page_of(PracticalPage, unit_key, language)


@dataclass
class Watched:
    """A learner's practical that is still open, and the observer's unfinished observation of it."""

    practical: PracticalPage
    observation: Observation | None


@dataclass
class Person:
    learner: User
    practicals: list[Watched]


def people_to_observe(observer: User, learners: Iterable[User]) -> list[Person]:
    """Learners with the practicals that an open enrolment still asks for. A fixed number of queries."""
    learners = list(learners)
    rows = Requirement.objects.filter(kind=PracticalPage.kind, enrolment__person__in=learners, completed_at=None)
    rows = rows.filter(enrolment__completed_at=None, enrolment__closed_at=None).select_related("enrolment")
    wanted: dict[UUID, list[UUID]] = {}
    for row in rows.order_by("position"):
        wanted.setdefault(row.enrolment.person_id, []).append(row.unit_key)
    pages = _practicals({key for keys in wanted.values() for key in keys})
    mine = Observation.objects.filter(observer=observer, signed_at=None)
    begun = {(one.learner_id, one.unit_key): one for one in mine}
    return [
        Person(
            learner,
            [
                Watched(pages[key], begun.get((learner.pk, key)))
                for key in dict.fromkeys(wanted.get(learner.pk, []))
                if key in pages
            ],
        )
        for learner in learners
    ]


def _practicals(keys: set[UUID]) -> dict[UUID, PracticalPage]:
    """Live practicals by key that are not withdrawn, in the language that is being read where there is one."""
    pages = PracticalPage.objects.live().filter(translation_key__in=keys).select_related("locale")
    pages = pages.exclude(translation_key__in=Withdrawal.objects.open().values("page_key"))
    ordered = sorted(pages, key=lambda page: page.locale.language_code == get_language())
    return {page.translation_key: page for page in ordered}


def practicals_of(module: ModulePage, keys: Iterable[UUID]) -> set[UUID]:
    """Which of these units are practicals that name this module, in whatever language. One query.

    The stored ids are compared: to load the pages that the field names would cost a query a practical.
    """
    pages = Page.objects.live().filter(translation_key__in=[module.translation_key, *keys])
    rows = list(pages.values_list("pk", "translation_key", "unitpage__practicalpage__modules"))
    named = {pk for pk, key, _modules in rows if key == module.translation_key}
    return {key for _pk, key, modules in rows if modules and named & {row["value"] for row in modules.raw_data}}


def observations_of(learner: User, practical: Page) -> list[Observation]:
    """What was signed about a learner's practical, the newest first."""
    signed = Observation.objects.filter(learner=learner, unit_key=practical.translation_key, signed_at__isnull=False)
    return list(signed.select_related("observer", "site").order_by("-signed_at"))


def signed_by(observer: User) -> list[Observation]:
    """The last observations that she signed where she is an observer today."""
    sites = sites_for(observer, Role.OBSERVER)
    signed = Observation.objects.filter(observer=observer, signed_at__isnull=False, site__in=sites)
    return list(signed.select_related("learner").order_by("-signed_at")[:SHOWN])
