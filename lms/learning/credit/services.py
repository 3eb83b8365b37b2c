"""A sheet of earlier training goes from its sender to a second person, who approves or refuses it as a whole."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from lms.people.models import User

from ..models import Credit, CreditSheet
from ..services import credit_unit
from .checking import CheckedRow, Review
from .permissions import people_of

KEPT_UNDECIDED = timedelta(days=60)


class RowsToMend(Exception):
    """Something is wrong with a row, by now or still. Nothing was written."""


class AlreadyDecided(Exception):
    """Somebody approved or refused the sheet before."""


class NotASecondPerson(Exception):
    """Its sender, or somebody whom it is about, does not decide about it."""


@transaction.atomic
def hand_on(sheet: CreditSheet, *, by: User) -> CreditSheet:
    """The sender has looked it over: it waits for a second person. Idempotent. Raises RowsToMend."""
    sheet = CreditSheet.objects.select_for_update().get(pk=sheet.pk)
    if sheet.handed_on_at:
        return sheet
    if Review(sheet, people_of(sheet, by)).bad:
        raise RowsToMend
    sheet.handed_on_at = timezone.now()
    sheet.save(update_fields=["handed_on_at"])
    _log(sheet, "learning.credit_sent", by)
    return sheet


@transaction.atomic
def approve(sheet: CreditSheet, *, by: User) -> CreditSheet:
    """Write the credits of all rows and tick off what they are for, all or nothing. Afterwards the sheet keeps only
    which row became which credit. Raises AlreadyDecided, NotASecondPerson and RowsToMend.
    """
    sheet = _to_decide(sheet, by)
    checked = Review(sheet, people_of(sheet))
    if checked.bad:
        raise RowsToMend
    if any(row.person.pk == by.pk for row in checked.rows):
        raise NotASecondPerson
    rows = [{"line": row.line, "credit": str(_give(sheet, row).pk)} for row in checked.rows]
    return _decide(sheet, by, approved=True, rows=rows)


@transaction.atomic
def refuse(sheet: CreditSheet, *, by: User, answer: str) -> CreditSheet:
    """Nothing is credited; the sender reads why. Raises AlreadyDecided and NotASecondPerson."""
    return _decide(_to_decide(sheet, by), by, approved=False, answer=answer, rows=[])


@transaction.atomic
def discard(sheet: CreditSheet) -> bool:
    """Forget a sheet that was not handed on; False for one that was."""
    return bool(CreditSheet.objects.filter(pk=sheet.pk, handed_on_at=None).delete()[0])


def forget_old_sheets() -> int:
    """For the tick: a sheet that nobody decided about holds people's numbers; it goes after KEPT_UNDECIDED."""
    before = timezone.now() - KEPT_UNDECIDED
    return CreditSheet.objects.filter(decided_at=None, uploaded_at__lt=before).delete()[0]


def _to_decide(sheet: CreditSheet, by: User) -> CreditSheet:
    sheet = CreditSheet.objects.select_for_update().get(pk=sheet.pk)
    if sheet.decided_at or not sheet.handed_on_at:
        raise AlreadyDecided
    if sheet.uploaded_by_id == by.pk:
        raise NotASecondPerson
    return sheet


def _give(sheet: CreditSheet, row: CheckedRow) -> Credit:
    credit = Credit.objects.create(
        person=row.person,
        sheet=sheet,
        target_key=row.target.key,
        title=row.target.title,
        done_on=row.done_on,
        provider=row.values["provider"],
        evidence=row.values["evidence"],
        valid_until=row.valid_until,
    )
    for unit in row.target.units:
        credit_unit(credit, unit)
    return credit


def _decide(sheet: CreditSheet, by: User, *, approved: bool, rows: list[dict], answer: str = "") -> CreditSheet:
    sheet.decided_by, sheet.decided_at, sheet.approved, sheet.answer = by, timezone.now(), approved, answer
    sheet.rows = rows
    sheet.save()
    _log(sheet, "learning.credit_approved" if approved else "learning.credit_refused", by, rows=len(rows))
    return sheet


def _log(sheet: CreditSheet, action: str, by: User, **data) -> None:
    log(sheet, action, user=by, title=sheet.country_id, data=data)
