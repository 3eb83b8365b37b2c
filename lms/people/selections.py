"""People picked from a list: keep them, confirm once, do it with each, forget them.

Each person has a transaction of her own, in which her line is marked: killed half-way, it goes on where it was.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from .bulk.actions import BulkAction, Refused, actions
from .models import Picked, Selection, User

MOST = 10_000
FILE_STAYS = timedelta(hours=24)
SELECTION_STAYS = timedelta(days=7)
PATIENCE = timedelta(minutes=5)
CHUNK = 2000


class NobodyPicked(Exception):
    """No row was ticked."""


class TooMany(Exception):
    """More than can be picked at once; the argument is the limit."""


def pick(by: User, page: str, rows: Iterable[tuple[UUID, UUID]]) -> Selection:
    """Keep these rows (person, key of the row) for an action. Raises NobodyPicked, TooMany."""
    rows = list(dict.fromkeys(rows))
    if not rows:
        raise NobodyPicked
    if len(rows) > MOST:
        raise TooMany(MOST)
    with transaction.atomic():
        selection = Selection.objects.create(by=by, page=page)
        lines = (Picked(selection=selection, person_id=person, row=row) for person, row in rows)
        Picked.objects.bulk_create(lines, batch_size=CHUNK)
    return selection


def keys_of(selection: Selection, action: BulkAction) -> list[UUID]:
    """What the action is about, each once: people or rows."""
    field = "row" if action.of_rows else "person"
    return list(dict.fromkeys(selection.picked.values_list(field, flat=True)))


@transaction.atomic
def confirm(selection: Selection, action: BulkAction, choices: dict[str, str]) -> bool:
    """Say that it shall be done. False where it was said before: the first answer stands."""
    selection = Selection.objects.select_for_update().get(pk=selection.pk)
    if selection.confirmed_at:
        return False
    selection.action, selection.choices, selection.confirmed_at = action.name, choices, timezone.now()
    selection.save(update_fields=["action", "choices", "confirmed_at"])
    if not action.of_rows:
        _once_a_person(selection)
    return True


def carry_out(selection: Selection) -> None:
    """Do it with everyone who is not done yet. A second worker beside the first does nobody twice."""
    action = actions()[selection.action]
    if action.at_once:  # cut off within its request: what it would have answered is gone, and nobody is done
        return finish_at_once(selection, [])
    form = action.form_class(selection.choices, user=selection.by) if action.form_class else None
    with override(selection.by.language):
        choices = form.cleaned_data if form and form.is_valid() else None if form else {}
        for key in selection.picked.waiting().values_list("pk", flat=True):
            _do_one(selection, action, key, choices)
        action.finish(selection)
    selection.finished_at = timezone.now()
    selection.save(update_fields=["finished_at", "file"])


def finish_at_once(selection: Selection, people: Iterable[UUID]) -> None:
    """Where the request did it: these are done, the others not."""
    now = timezone.now()
    for chunk in batched(people, CHUNK):
        selection.picked.filter(person__in=chunk).update(done_at=now)
    selection.picked.waiting().update(why=_("Left out, as the page before said."))
    selection.finished_at = now
    selection.save(update_fields=["finished_at"])


@transaction.atomic
def _do_one(selection: Selection, action: BulkAction, key: int, choices: dict | None) -> None:
    line = Picked.objects.waiting().select_for_update().filter(pk=key).first()
    if not line:
        return
    target = action.targets(selection.by, [line.row if action.of_rows else line.person_id]).first()
    try:
        if target is None:
            raise Refused(_("Not in your places any more."))
        if choices is None:
            raise Refused(_("What you chose is not there any more."))
        with transaction.atomic():
            action.do(target, selection.by, choices)
        line.done_at = timezone.now()
    except Refused as refusal:
        line.why = str(refusal)[:250]
    line.save(update_fields=["done_at", "why"])
    Selection.objects.filter(pk=selection.pk).update(seen_at=timezone.now())


def left_behind() -> list[UUID]:
    """Confirmed, and nobody at work on them for a while."""
    quiet = Q(seen_at=None) | Q(seen_at__lt=timezone.now() - PATIENCE)
    waiting = Selection.objects.filter(quiet, finished_at=None, confirmed_at__lt=timezone.now() - PATIENCE)
    return list(waiting.values_list("pk", flat=True))


def forget_selections() -> int:
    """Files after a day, what was picked after a week. Returns how many selections went."""
    now = timezone.now()
    for selection in Selection.objects.filter(finished_at__lt=now - FILE_STAYS).exclude(file=""):
        selection.file.delete(save=True)
    old = Selection.objects.filter(made_at__lt=now - SELECTION_STAYS)
    for selection in old.exclude(file=""):
        selection.file.delete(save=False)
    return old.delete()[1].get(Selection._meta.label, 0)


def batched(keys: Iterable[UUID], size: int) -> Iterator[list[UUID]]:
    keys = list(keys)
    return (keys[start : start + size] for start in range(0, len(keys), size))


def _once_a_person(selection: Selection) -> None:
    first = selection.picked.order_by().values("person").annotate(first=Min("pk"))
    again = selection.picked.exclude(pk__in=first.values("first")).values_list("pk", flat=True)
    Picked.objects.filter(pk__in=list(again)).delete()
