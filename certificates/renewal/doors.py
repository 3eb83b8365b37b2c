"""What renewal hangs into the site: imported by wagtail_hooks."""

from wagtail import hooks

from . import opening, reminders, rights


def register() -> None:
    hooks.register("tick", reminders.remind)
    hooks.register("register_message_kinds", reminders.kinds)
    hooks.register("people_bulk_actions", opening.actions)
    hooks.register("person_data", rights.person_data)
    hooks.register("erase_person", rights.erase_person)
    hooks.register("merge_people", rights.move)
    hooks.register("rows_of_person", rights.rows)
