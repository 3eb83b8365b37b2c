"""The file of the report on people: its columns, and its rows."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.learning.models import Enrolment

from .states import State


def last_active_on(row: Enrolment) -> date | None:
    return row.last_active_at and timezone.localtime(row.last_active_at).date()


# Heading and value of each column of the file, in order.
FILE = {
    "name": (gettext_lazy("Name"), lambda row: row.person.get_full_name()),
    "staff_number": (gettext_lazy("Staff number"), lambda row: row.person.staff_number),
    "country": (gettext_lazy("Country"), lambda row: row.person.country.name),
    "site": (gettext_lazy("Site"), lambda row: row.site),
    "cohort": (gettext_lazy("Cohort"), lambda row: row.cohort and row.cohort.name),
    "programme": (gettext_lazy("Programme"), lambda row: row.programme),
    "done": (gettext_lazy("Done"), lambda row: row.done_then),
    "required": (gettext_lazy("Of"), lambda row: row.required_count),
    "practicals_open": (gettext_lazy("Practicals open"), lambda row: row.practicals_open),
    "last_active": (gettext_lazy("Last activity"), last_active_on),
    "state": (gettext_lazy("State"), lambda row: str(State(row.state).label)),
    "specimen": (gettext_lazy("Specimen"), lambda row: _("yes") if row.specimen else ""),
    "valid_until": (gettext_lazy("Valid until"), lambda row: row.valid_until),
}


# Only for those who keep her country's records.
KEPT = {
    "phone": (gettext_lazy("Phone"), lambda row: str(row.person.phone)),
    "email": (gettext_lazy("E-mail"), lambda row: row.person.email),
    "job": (gettext_lazy("Job"), lambda row: row.person.job),
    "sex": (gettext_lazy("Sex"), lambda row: row.person.get_sex_display()),
    "birth_year": (gettext_lazy("Birth year"), lambda row: row.person.birth_year),
    "employer": (gettext_lazy("Employer"), lambda row: row.person.employer and row.person.employer.name),
    "hr_number": (gettext_lazy("HR number"), lambda row: row.person.hr_number),
}
HEADINGS = {key: heading for key, (heading, _value) in (FILE | KEPT).items()}


def as_row(row: Enrolment, *, whole: bool = False) -> dict:
    """Column key and value; without `whole`, what only HR reads is empty."""
    said = {key: value(row) for key, (_heading, value) in FILE.items()}
    return said | {key: value(row) if whole else "" for key, (_heading, value) in KEPT.items()}
