"""Days are made and changed, and who was there is noted. Every change stays in the audit log, by staff number."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from lms.people.models import User

from ..models import Attendance, Cohort, Day


class DayThereAlready(Exception):
    """The cohort has a day of this date and topic."""


@dataclass
class Noted:
    """What a save came to. `kept`: who was noted differently by somebody else meanwhile, and stays so."""

    new: list[Attendance] = field(default_factory=list)
    changed: list[Attendance] = field(default_factory=list)
    kept: list[Attendance] = field(default_factory=list)


def save_day(day: Day, *, by: User) -> Day:
    """A new day, or a changed one. Raises DayThereAlready."""
    action = "learning.edit_day" if day.pk else "learning.add_day"
    try:
        with transaction.atomic():
            day.save()
    except IntegrityError as error:
        raise DayThereAlready from error
    log(day, action, user=by, title=_name(day), data={"on": day.on.isoformat(), "cohort": day.cohort_id})
    return day


@transaction.atomic
def delete_day(day: Day, *, by: User) -> None:
    """The day goes with what was noted of it; the audit log keeps who was noted how."""
    Cohort.objects.select_for_update().get(pk=day.cohort_id)
    noted = dict(day.attendances.values_list("person__staff_number", "state"))
    log(day, "learning.delete_day", user=by, title=_name(day), data={"on": day.on.isoformat(), "noted": noted})
    day.delete()


@transaction.atomic
def note_attendance(day: Day, states: dict[UUID, str], *, by: User, seen: datetime | None) -> Noted:
    """Note who was there: a person’s key → her state. What is noted so already is left as it is.

    `seen`: when the newest of what the page showed was noted, None where nothing was. What somebody else has noted
    after that is not written over: it comes back under `kept`. A second press changes nothing.
    """
    Day.objects.select_for_update().get(pk=day.pk)
    known = {row.person_id: row for row in day.attendances.select_related("person")}
    noted, now = Noted(), timezone.now()
    for person, state in states.items():
        row = known.get(person)
        if row is None:
            noted.new.append(Attendance(day=day, person_id=person, state=state, noted_by=by, noted_at=now))
        elif row.state != state:
            is_newer = row.noted_by_id != by.pk and (seen is None or row.noted_at > seen)
            (noted.kept if is_newer else noted.changed).append(row)
    _write(day, noted, states, by, now)
    return noted


def _write(day: Day, noted: Noted, states: dict[UUID, str], by: User, now: datetime) -> None:
    if not noted.new and not noted.changed:
        return
    was = {row.person.staff_number: row.state for row in noted.changed}
    for row in noted.changed:
        row.state, row.noted_by, row.noted_at = states[row.person_id], by, now
    Attendance.objects.bulk_create(noted.new)
    Attendance.objects.bulk_update(noted.changed, ["state", "noted_by", "noted_at"])
    now_is = {row.person.staff_number: row.state for row in noted.changed}
    data = {"on": day.on.isoformat(), "noted": len(noted.new), "from": was, "to": now_is}
    log(day, "learning.note_attendance", user=by, title=_name(day), data=data)


def _name(day: Day) -> str:
    """A cohort’s and a day’s topic are words of staff, which may name somebody: the log says their numbers."""
    return f"{day.cohort_id} · {day.on.isoformat()}"


def log_actions(actions):
    actions.register_action("learning.add_day", _("Add a day"), _("Face-to-face day added"))
    actions.register_action("learning.edit_day", _("Change a day"), _("Face-to-face day changed"))
    actions.register_action("learning.delete_day", _("Delete a day"), _("Face-to-face day deleted"))
    actions.register_action("learning.note_attendance", _("Note attendance"), _("Noted who was there"))
