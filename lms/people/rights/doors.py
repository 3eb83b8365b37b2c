"""What this room hangs into the hooks of Wagtail and of the other rooms."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from . import erasing, held


def register() -> None:
    hooks.register("person_data", held.person_data)
    hooks.register("records_of_person", held.records_of_person)
    hooks.register("erase_person", erasing.erase_rows_of_people)
    hooks.register("register_log_actions", actions_on_data)


def actions_on_data(actions) -> None:
    actions.register_action("people.erase", _("Erase a person"), _("Person erased"))
