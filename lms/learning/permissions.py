"""Who may read what of the curriculum, and who may record work on it."""

from uuid import UUID

from django.http import Http404
from wagtail.models import Page

from curriculum.models import CurriculumPage, ModulePage, ProgrammePage, UnitPage
from lms.people.models import STAFF_ROLES, User
from lms.people.permissions import holds

from .queries import standings
from .steps import Standing, Step


def reads_everything(user: User) -> bool:
    """Those who write, review or answer for the curriculum see all of it, open to learners or not."""
    return holds(user, *STAFF_ROLES)


def may_read(user: User, page: Page) -> bool:
    """Whether the gate would let this person read a module or unit: open to her, or she reads everything."""
    return any(_is_open(page, standing) for standing in standings(user)) or reads_everything(user)


def _is_open(page: Page, standing: Standing) -> bool:
    return any(step.is_open for step in asked_of(page, standing))


def lesson_for(user: User, key: UUID) -> Step:
    """The lesson, if an enrolment of hers asks for it and it is open. Raises Http404."""
    found = [step for standing in standings(user) if (step := standing.step(key)) and step.is_open]
    if not found or found[0].kind != "lesson":
        raise Http404
    return found[0]


def asked_of(page: Page, standing: Standing) -> list[Step]:
    """The steps of this enrolment that this page is about."""
    if isinstance(page, UnitPage):
        step = standing.step(page.translation_key)
        return [step] if step else []
    if isinstance(page, ModulePage):
        return standing.module(page.translation_key)
    if isinstance(page, ProgrammePage):
        return standing.steps if standing.enrolment.programme_key == page.translation_key else []
    return standing.steps if isinstance(page, CurriculumPage) else []
