"""Checking a sheet in a task, in chunks, and forgetting it after a day."""

import logging
from collections import Counter
from datetime import timedelta
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult
from wagtail.log_actions import log

from lms.people.models import User

from ..models import BulkCheck
from ..models.bulk_check import results_path
from .answering import CHUNK, answers, asked
from .reading import Sheet
from .workbook import workbook

KEPT = timedelta(hours=24)
PATIENCE = timedelta(minutes=5)
MOST_TRIES = 3
UNDER_WAY = (BulkCheck.State.WAITING, BulkCheck.State.RUNNING)

logger = logging.getLogger(__name__)


class NotHers(Exception):
    """The key was used by somebody else."""


@transaction.atomic
def begin_check(by: User, key: UUID, sheet: Sheet) -> BulkCheck:
    """Keep the rows and have them checked. `key` comes with the form: pressed twice, it is checked once.

    Raises NotHers.
    """
    rows = [[number, list(cells)] for number, cells in sheet.lines]
    values = {"by": by, "rows": rows, "columns": sheet.columns, "row_count": len(rows) - 1}
    check, is_new = BulkCheck.objects.get_or_create(pk=key, defaults=values)
    if check.by_id != by.pk:
        raise NotHers
    if is_new:
        carry_out_check.enqueue(str(check.pk))
    return check


@task(priority=10)
def carry_out_check(check_id: str) -> bool:
    """Enqueued in the transaction that keeps the rows. Goes before other tasks: somebody waits for it."""
    return carry_out(UUID(check_id))


def carry_out(pk: UUID) -> bool:
    """Answer every row and write the file. Running it twice, or two at once, changes nothing more."""
    under_way = BulkCheck.objects.filter(pk=pk, state__in=UNDER_WAY)
    if not under_way.update(state=BulkCheck.State.RUNNING):
        return False
    check = under_way.select_related("by").get()
    with translation.override(check.by.language):
        try:
            return _finish(check, _answers(check))
        except Exception:
            logger.exception("certificates of %s could not be checked", pk)
            error = _("It could not be checked. Send it again, or tell the administrator.")
    under_way.update(state=BulkCheck.State.FAILED, error=error)
    return False


def resume_checks() -> None:
    """For the tick: one whose task was killed is started again, at most MOST_TRIES times in all."""
    before = timezone.now() - PATIENCE
    for check in BulkCheck.objects.filter(state__in=UNDER_WAY, uploaded_at__lt=before).only("pk", "uploaded_at"):
        tasks = _tasks_of(check)
        if any(result.status == TaskResultStatus.READY or _is_new(result, before) for result in tasks):
            continue
        if len(tasks) < MOST_TRIES:
            carry_out_check.enqueue(str(check.pk))
        else:
            error = _("It was cut off several times. Send it again, or tell the administrator.")
            BulkCheck.objects.filter(pk=check.pk, state__in=UNDER_WAY).update(state=BulkCheck.State.FAILED, error=error)


def forget_checks() -> int:
    """For the tick: rows and files are gone after a day. Returns how many went."""
    old = BulkCheck.objects.filter(uploaded_at__lt=timezone.now() - KEPT).defer("rows", "answers")
    for check in old:
        storages["private"].delete(results_path(check, ""))
        check.delete()
    return len(old)


def _answers(check: BulkCheck) -> list[dict]:
    rows = [asked(cells, check.columns) for _number, cells in check.rows[1:]]
    found: list[dict] = []
    for start in range(0, len(rows), CHUNK):
        found += answers(check.by, rows[start : start + CHUNK])
        BulkCheck.objects.filter(pk=check.pk).update(done_count=len(found))
    return found


@transaction.atomic
def _finish(check: BulkCheck, found: list[dict]) -> bool:
    """The file's name is the row's own key, so that one which a kill left behind is written over."""
    if not BulkCheck.objects.select_for_update().filter(pk=check.pk, state=BulkCheck.State.RUNNING).exists():
        return False
    check.answers, check.counts = found, dict(Counter(answer["state"] for answer in found))
    check.state, check.done_at, check.done_count = BulkCheck.State.DONE, timezone.now(), len(found)
    storages["private"].delete(results_path(check, ""))
    check.results.save("", ContentFile(workbook(check, found)), save=False)
    check.save(update_fields=["answers", "counts", "state", "done_at", "done_count", "results"])
    data = {"rows": len(found)} | check.counts
    log(check.by, "certificates.check_many", user=check.by, title=check.by.get_username(), data=data)
    return True


def _tasks_of(check: BulkCheck) -> list[DBTaskResult]:
    since = DBTaskResult.objects.filter(task_path=carry_out_check.module_path, enqueued_at__gte=check.uploaded_at)
    return [result for result in since if result.args_kwargs["args"] == [str(check.pk)]]


def _is_new(result: DBTaskResult, before) -> bool:
    return (result.started_at or result.enqueued_at) >= before
