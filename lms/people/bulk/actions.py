"""What may be done with many people at once. Each room hangs its own in by the hook `people_bulk_actions`:
fn() → list of BulkAction."""

from collections.abc import Iterable
from functools import cache
from uuid import UUID

from django import forms
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from wagtail import hooks

from ..models import Selection, User
from ..permissions import people_visible_to


class Refused(Exception):
    """It cannot be done with this one; the argument says why, in words for the person who asked."""


class BulkAction:
    """`targets` are people, or with `of_rows` what the list was about. Its form, if any, comes before the numbers."""

    name = ""
    label = ""
    icon_name = "tick"
    note = ""  # what to know before, below the question
    file_kind = "zip"  # of what `finish` leaves, or «pdf»
    of_rows = False
    at_once = False  # done within the request however many: what it answers exists only there
    form_class: type[forms.Form] | None = None

    def is_for(self, user: User) -> bool:
        """Whether her lists show the button."""
        return user.is_superuser

    def question(self, count: int) -> str:
        """«Enrol 34 people?», on the page that asks."""
        return f"{self.label}: {count}?"

    def targets(self, by: User, keys: Iterable[UUID]) -> QuerySet:
        """Those of these keys that she may do it with. Asked again for each one at execution."""
        return people_visible_to(by).filter(pk__in=keys)

    def reasons(self, by: User, targets: list[Model], choices: dict) -> dict[UUID, str]:
        """Why it cannot be done, for those with whom it cannot. A fixed number of queries."""
        return {}

    def do(self, target: Model, by: User, choices: dict) -> None:
        """Raises Refused. In a transaction of its own. Not asked where `answer` does it all."""

    def finish(self, selection: Selection) -> None:
        """When each was done or refused."""

    def answer(self, request: HttpRequest, selection: Selection) -> HttpResponse | None:
        """Where it is done within the request and ends elsewhere than on the page of results."""
        return None


@cache
def actions() -> dict[str, BulkAction]:
    """By name, in the order of the apps."""
    return {action.name: action for hang in hooks.get_hooks("people_bulk_actions") for action in hang()}


def actions_for(user: User) -> list[BulkAction]:
    return [action for action in actions().values() if action.is_for(user)]
