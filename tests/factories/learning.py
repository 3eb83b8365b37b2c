"""Programmes and progress for tests of the learner's way."""

from django.utils import timezone

from curriculum.models import LessonPage, ModulePage, ProgrammePage
from lms.learning.models import Completion, Enrolment
from lms.learning.services import complete_unit, enrol

from .content import Content, card, make_lesson, make_module, make_programme, row


def make_second_module(content: Content, title: str = "Malaria") -> tuple[ModulePage, LessonPage]:
    """Another module with one lesson, not yet in any programme."""
    module = make_module(content.shelf, title, health_area="malaria", icon="net")
    return module, make_lesson(module, f"{title} basics", [card("text", text="<p>Sleep under a net.</p>")])


def make_chain(content: Content, **fields) -> tuple[ProgrammePage, list[ModulePage], list[LessonPage]]:
    """Tuberculosis, then malaria (not in Lesotho), then blood pressure; the practical at the end."""
    malaria, net = make_second_module(content, "Malaria")
    pressure, cuff = make_second_module(content, "Blood pressure")
    rows = [
        row(content.module),
        row(malaria, after=[content.module], except_countries=["LS"]),
        row(pressure, after=[malaria]),
        row(content.practical),
    ]
    programme = make_programme(content.home, rows, title="Chain", code="chain", **fields)
    return programme, [content.module, malaria, pressure], [*content.lessons, net, cuff]


def finish(person, content: Content) -> Enrolment:
    """Enrol, and complete everything that the small programme asks for."""
    enrolment = enrol(person, content.programme)
    for unit in [*content.lessons, content.quiz, content.practical]:
        complete_unit(person, unit)
    enrolment.refresh_from_db()
    return enrolment


def make_completion(person, unit, *, days_ago: int = 0, valid_days: int = 365, **fields) -> Completion:
    moment = timezone.now() - timezone.timedelta(days=days_ago)
    values = {"kind": unit.kind, "language": "en", "completed_at": moment}
    until = moment.date() + timezone.timedelta(days=valid_days)
    return Completion.objects.create(
        person=person, unit_key=unit.translation_key, valid_until=until, **(values | fields)
    )
