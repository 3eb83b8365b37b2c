"""What learning holds about a person, for «my data», and what goes when she is erased."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from lms.people.models import User
from lms.people.rights.gathering import day, moment
from lms.people.rights.retention import Rule

from .intake.services import KEPT_UNCOMMITTED, OPEN, forget_old_intakes
from .models import Attendance, Completion, Credit, CreditSheet, Intake
from .queries import next_step, standings
from .steps import Standing

NOBODY = "–"
STATES = {
    "done": gettext_lazy("done"),
    "here": gettext_lazy("open"),
    "open": gettext_lazy("open"),
    "locked": gettext_lazy("comes later"),
    "withdrawn": gettext_lazy("withdrawn"),
}


def records_of_person(person: User) -> Iterable[UUID]:
    return person.enrolments.values_list("pk", flat=True)


def person_data(person: User) -> list[tuple[str, list[dict]]]:
    titles = _titles(person)
    return [
        (_("Programmes"), _enrolments(person, titles)),
        (_("What you completed"), _completions(person, titles)),
        (_("Training before"), _credits(person)),
        (_("Face-to-face days"), _days(person)),
        (_("Where you stopped reading"), _places(person, titles)),
        (_("Cohorts you train"), [{_("Cohort"): row.name} for row in person.cohorts_trained.all()]),
    ]


def erase_person(person: User) -> dict[str, int]:
    """Places and evidence go. Enrolments, completions and attendance stay as counts of a record without a name."""
    Completion.objects.filter(person=person).exclude(flag_reason="").update(flag_reason="")
    person.enrolments.exclude(closed_reason="").update(closed_reason="")
    person.cohorts_trained.clear()
    return {
        "places": person.places.all().delete()[0],
        "credits": Credit.objects.filter(person=person).update(evidence="", provider=""),
        "credit_sheets": sum(_without(sheet, person) for sheet in _open_sheets()),
    }


def support_view(person: User) -> list[tuple[str, list[dict]]]:
    """The way she sees on her home page, with where she is."""
    titles = _titles(person)
    return [
        (titles.get(standing.enrolment.programme_key, _("Programme")), _way(person, standing, titles))
        for standing in standings(person)
    ]


def _way(person: User, standing: Standing, titles: dict) -> list[dict]:
    """Her next step, the steps that are open, and how many are done."""
    coming = next_step(standing.steps)
    cards = {place.unit_key: f"{place.position} / {place.of}" for place in person.places.all()}
    keys = {step.key for step in standing.steps}
    known = titles | _titles_of(keys - titles.keys())
    return [
        {
            _("Step"): known.get(step.key, step.kind),
            _("State"): _("she is here") if step is coming else STATES.get(step.state, step.state),
            _("Card"): cards.get(step.key, ""),
            _("Reason"): step.reason,
        }
        for step in standing.steps
    ]


def retention_rules() -> list[Rule]:
    return [Rule("intakes that nobody carried out: deleted", "14 days", old_intakes, forget_old_intakes, True)]


def old_intakes() -> QuerySet[Intake]:
    return Intake.objects.filter(state__in=OPEN, uploaded_at__lt=timezone.now() - KEPT_UNCOMMITTED)


def forget_observer(seen: Iterable[tuple[UUID, UUID, UUID]]) -> int:
    """Take the name of somebody who observed out of the completions that quote it, whatever she was called then.

    `seen`: key of the observation, person and unit key.
    """
    forgotten = 0
    for observation, person, unit_key in seen:
        for row in Completion.objects.filter(person=person, unit_key=unit_key):
            if row.detail.get("observation") == str(observation):
                row.detail["observer"] = NOBODY
                row.save(update_fields=["detail"])
                forgotten += 1
    return forgotten


def _open_sheets() -> QuerySet[CreditSheet]:
    """Those that nobody has decided yet: afterwards a sheet keeps only which row became which credit."""
    return CreditSheet.objects.filter(decided_at=None)


def _without(sheet: CreditSheet, person: User) -> bool:
    """The lines of the sheet that are about her; the others stay as they were sent."""
    numbers = {person.staff_number, person.hr_number.upper()} - {""}
    kept = [row for row in sheet.rows if row["values"].get("person", "").strip().upper() not in numbers]
    if changed := len(kept) != len(sheet.rows):
        sheet.rows = kept
        sheet.save(update_fields=["rows"])
    return changed


def _titles(person: User) -> dict[UUID, str]:
    """As they were written in English: a page may be gone by now. One query."""
    keys = {
        *person.enrolments.values_list("programme_key", flat=True),
        *person.completions.values_list("unit_key", flat=True),
        *person.places.values_list("unit_key", flat=True),
    }
    return _titles_of(keys)


def _titles_of(keys: set[UUID]) -> dict[UUID, str]:
    pages = Page.objects.filter(translation_key__in=keys, locale__language_code="en")
    return dict(pages.values_list("translation_key", "title"))


def _enrolments(person: User, titles: dict) -> list[dict]:
    return [
        {
            _("Programme"): titles.get(row.programme_key, row.programme_code),
            _("Cycle"): row.cycle,
            _("Since"): day(row.opened_at),
            _("Done"): _("%(done)s of %(all)s") % {"done": row.done_count, "all": row.required_count},
            _("Completed"): day(row.completed_at),
            _("Closed"): day(row.closed_at),
            _("Reason"): row.closed_reason,
            _("Cohort"): row.cohort,
        }
        for row in person.enrolments.select_related("cohort")
    ]


def _completions(person: User, titles: dict) -> list[dict]:
    return [
        {
            _("Step"): titles.get(row.unit_key, row.kind),
            _("On"): moment(row.completed_at),
            _("Counts until"): day(row.valid_until),
            _("Does not stand"): row.flag_reason,
        }
        for row in person.completions.order_by("-completed_at")
    ]


def _credits(person: User) -> list[dict]:
    return [
        {
            _("What"): row.title,
            _("Done on"): day(row.done_on),
            _("Where"): row.provider,
            _("Evidence"): row.evidence,
            _("Counts until"): day(row.valid_until),
        }
        for row in person.credits.all()
    ]


def _days(person: User) -> list[dict]:
    rows = Attendance.objects.filter(person=person).select_related("day").order_by("-day__on")
    return [
        {_("Day"): day(row.day.on), _("Topic"): row.day.topic, _("There?"): row.get_state_display()} for row in rows
    ]


def _places(person: User, titles: dict) -> list[dict]:
    return [
        {
            _("Step"): titles.get(row.unit_key, ""),
            _("Card"): _("%(done)s of %(all)s") % {"done": row.position, "all": row.of},
            _("On"): moment(row.updated_at),
        }
        for row in person.places.order_by("-updated_at")
    ]
