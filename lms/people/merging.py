"""Two records of one person become one. Never by itself, and nothing undoes it.

Each app says by the hook `rows_of_person` which of its rows are about a person, by `merge_people` fn(kept, gone) moves
them and returns {kind of row: how many}, and by `stays_with_record` names, with a reason, what stays where it is.
A test asks for every field that points to a person. The record that went stays as a row: it cannot sign in, its staff
number leads to the record that was kept, and the audit log keeps speaking of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.log_actions import log

from .groups import synchronise_groups
from .models import STAFF_ROLES, Merge, User
from .permissions import may_edit

# What can be taken from the record that goes, and the fields that belong together.
CHOICES = {
    "name": ("given_names", "family_name"),
    "language": ("language",),
    "phone": ("phone", "phone_verified_at"),
    "email": ("email",),
    "job": ("job",),
    "sex": ("sex",),
    "birth_year": ("birth_year",),
    "employer": ("employer", "hr_number"),
    "secret": ("password",),
}


class MergeRefused(Exception):
    """These two stay two; the argument is a sentence that says why."""


@dataclass(frozen=True)
class Rows:
    """Rows about a person: `field` points to her. Of two rows alike in `alike` the kept record's stands, the other
    stays with the record that went."""

    title: str | Promise
    model: type[Model]
    field: str = "person"
    alike: tuple[str, ...] = ()
    among: Q = Q()

    @property
    def path(self) -> str:
        return f"{self.model._meta.label}.{self.field}"

    def of(self, person: User) -> QuerySet:
        return self.model._default_manager.filter(**{self.field: person}).order_by()

    def move(self, kept: User, gone: User) -> int:
        rows = self.of(gone)
        if self.alike:
            taken = set(self.of(kept).filter(self.among).values_list(*self.alike))
            alike = rows.filter(self.among).values_list("pk", *self.alike)
            rows = rows.exclude(pk__in=[pk for pk, *same in alike if tuple(same) in taken])
        return rows.update(**{self.field: kept})


def move_all(rows: Iterable[Rows], kept: User, gone: User) -> dict[str, int]:
    """What most apps' part of the merge comes to. Returns only what there was."""
    moved = {kind.path: kind.move(kept, gone) for kind in rows}
    return {path: number for path, number in moved.items() if number}


def counts(person: User) -> list[tuple[str, int]]:
    """What is there of a person, by kind of row, in every room."""
    kinds = [kind for hook in hooks.get_hooks("rows_of_person") for kind in hook()]
    return [(str(kind.title), kind.of(person).count()) for kind in kinds]


def may_merge(user: User, person: User) -> bool:
    """Whether this record may be one of the two: whose record one keeps, and that of staff by administrators only."""
    holds_office = person.is_superuser or person.postings.not_over().filter(role__in=STAFF_ROLES).exists()
    return (
        person.merged_into_id is None
        and person.erased_at is None
        and may_edit(user, person)
        and (user.is_superuser or not holds_office)
    )


@transaction.atomic
def merge(kept: User, gone: User, *, take: Iterable[str], why: str, by: User) -> Merge:
    """Move everything from one record to the other. `take`: keys of CHOICES whose values come from the one that goes.

    `why` says how one knows that it is one person. Raises MergeRefused; a second press finds the first merge.
    """
    kept, gone = _locked(kept, gone)
    if gone.merged_into_id == kept.pk:
        return gone.merge_away
    if kept.pk == gone.pk or not (may_merge(by, kept) and may_merge(by, gone)):
        raise MergeRefused(_("These two records cannot be merged."))
    moved: dict[str, int] = {}
    for hook in hooks.get_hooks("merge_people"):
        moved |= hook(kept, gone)
    _take_values(kept, gone, set(take))
    synchronise_groups(kept)
    synchronise_groups(gone)
    row = Merge.objects.create(kept=kept, gone=gone, why=why, moved=moved, by=by)
    data = {"gone": gone.staff_number, "moved": moved}
    log(kept, "people.merge", user=by, title=kept.staff_number, data=data)
    return row


def _locked(*people: User) -> list[User]:
    """Both, always in the same order: two merges at the same moment do not wait for each other."""
    keys = [person.pk for person in people]
    found = {row.pk: row for row in User.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    return [found[key] for key in keys]


def _take_values(kept: User, gone: User, take: set[str]) -> None:
    """A gap is filled where nothing was chosen. Whoever of the two could sign in goes on doing so."""
    taken = {choice for choice in CHOICES if choice in take or not is_filled(kept, choice)}
    for field in [field for choice in taken for field in CHOICES[choice]]:
        setattr(kept, field, getattr(gone, field))
    kept.first_signed_in_at = min(filter(None, (kept.first_signed_in_at, gone.first_signed_in_at)), default=None)
    kept.last_login = max(filter(None, (kept.last_login, gone.last_login)), default=None)
    has_left = kept.departures.filter(rejoined_on=None, ended_at__isnull=False).exists()
    kept.is_active = (kept.is_active or gone.is_active) and not has_left
    gone.is_active, gone.merged_into = False, kept
    if "employer" in taken:
        gone.hr_number = ""
    gone.save(update_fields=["hr_number", "is_active", "merged_into"])
    kept.save()
    User.objects.filter(merged_into=gone).update(merged_into=kept)


def is_filled(person: User, choice: str) -> bool:
    """Whether there is a value: for a secret, whether she has chosen one."""
    return person.has_usable_password() if choice == "secret" else any(getattr(person, f) for f in CHOICES[choice])
