"""Review lists that came back: kept as they were typed, brought in once, all or nothing, or thrown away."""

from datetime import timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from lms.core.sheets import RawRow

from ...models import Change, Fact, Verdict, VerdictSheet
from ..changes import note_change
from ..history import VERDICT
from .checking import CheckedRow, review

KEPT_UNCOMMITTED = timedelta(days=14)


class AlreadyBroughtIn(Exception):
    """The sheet became verdicts before; a second press changes nothing."""


class NotBroughtIn(Exception):
    """Nothing was written; the argument is a sentence that says why."""


class RowsToMend(NotBroughtIn):
    """A row cannot be brought in: then none is."""


class ListChanged(NotBroughtIn):
    """What was previewed is not what would be done now."""


class ThrownAway(Exception):
    """The sheet was forgotten in the meantime."""


def keep_sheet(rows: list[RawRow], *, file_name: str, by: AbstractBaseUser) -> VerdictSheet:
    """Keep what was read of a file. Changes no fact."""
    kept = [row.as_dict() for row in rows]
    return VerdictSheet.objects.create(rows=kept, file_name=file_name[-150:], uploaded_by=by)


@transaction.atomic
def bring_in(sheet: VerdictSheet, *, by: AbstractBaseUser, expected: str) -> int:
    """Write every verdict of a sheet, and what it does to its fact; returns how many.

    `expected` is the digest of the preview she saw. Raises AlreadyBroughtIn, ThrownAway, RowsToMend and ListChanged.
    """
    sheet = VerdictSheet.objects.select_for_update().filter(pk=sheet.pk).first()
    if sheet is None:
        raise ThrownAway
    if sheet.committed_at:
        raise AlreadyBroughtIn
    codes = [row["values"].get("code", "") for row in sheet.rows]
    list(Fact.objects.select_for_update().filter(code__in=codes).order_by("pk"))
    found = review(sheet.rows)
    if found.bad or not found.good:
        raise RowsToMend(_("Not every row can be brought in. Nothing was written: look at the rows again."))
    if found.digest != expected:
        raise ListChanged(_("A fact of this list has changed just now. Nothing was written: look again, then confirm."))
    for row in found.good:
        _judge(row, sheet, by)
    sheet.rows, sheet.committed_at = [], timezone.now()
    sheet.save(update_fields=["rows", "committed_at"])
    return len(found.good)


@transaction.atomic
def discard_sheet(sheet: VerdictSheet) -> bool:
    """Forget a sheet that was not brought in; False for one that was, which stays."""
    return bool(_forget(VerdictSheet.objects.filter(pk=sheet.pk)))


@transaction.atomic
def forget_old_sheets() -> int:
    """Sheets that nobody brought in go after KEPT_UNCOMMITTED. Returns how many went."""
    return _forget(VerdictSheet.objects.filter(uploaded_at__lt=timezone.now() - KEPT_UNCOMMITTED))


def _forget(sheets: QuerySet[VerdictSheet]) -> int:
    """Locked before they are looked at: deleting reads first, and one could be brought in in between."""
    waiting = list(sheets.filter(committed_at=None).select_for_update().values_list("pk", flat=True))
    return VerdictSheet.objects.filter(pk__in=waiting).delete()[0]


def _judge(row: CheckedRow, sheet: VerdictSheet, by: AbstractBaseUser) -> None:
    given = row.given
    verdict = Verdict.objects.create(
        fact=row.fact,
        list_id=sheet.pk,
        word=row.word,
        statement=row.fact.statement,
        proposed=given["proposed"],
        reference=given["reference"],
        clinician=given["clinician"],
        checked_on=given["checked_on"],
        brought_in_by=by,
    )
    log(row.fact, VERDICT, user=by, data={"word": verdict.get_word_display(), "clinician": verdict.clinician})
    if row.word == Verdict.Word.RIGHT:
        _save(row.fact, by, status=Fact.Status.VERIFIED, note=row.note)
    elif row.word == Verdict.Word.REMOVE:
        _save(row.fact, by, status=Fact.Status.UNSURE)


def _save(fact: Fact, by: AbstractBaseUser, **values) -> None:
    """With a revision; where it became unsure, with the change too."""
    before = Fact.objects.get(pk=fact.pk)
    for name, value in values.items():
        setattr(fact, name, value)
    fact.save()
    revision = fact.save_revision(user=by, log_action=True)
    reason = _("A clinician’s verdict: to be removed.")
    note_change(before, fact, kind=Change.Kind.MINOR, reason=reason, by=by, revision=revision)
