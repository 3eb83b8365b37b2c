"""What one may do with a person, beside her name. Each room hangs its own in by the hook `person_buttons`:
fn(user, person) → the HeaderButtons that this user may press."""

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import ButtonWithDropdown, HeaderButton

from ..models import User
from ..permissions import may_edit, may_reset

SHOWN = 3  # beside the name; the others below the dots


def person_buttons(user: User, person: User) -> list:
    """By priority, then by name; what does not fit beside the name waits below the dots."""
    found = sorted(button for hang in hooks.get_hooks("person_buttons") for button in hang(user, person))
    shown, more = found[:SHOWN], found[SHOWN:]
    if more:
        for button in more:
            button.classname = ""
        shown.append(ButtonWithDropdown(buttons=more, icon_name="dots-horizontal", attrs={"aria-label": _("Actions")}))
    return shown


def of_people(user: User, person: User) -> list[HeaderButton]:
    """PIN, data and postings."""
    buttons = []
    if may_reset(user, person):
        buttons.append(HeaderButton(_("Reset PIN"), url=_url("reset", person), icon_name="key", priority=100))
    if may_edit(user, person):
        buttons.append(HeaderButton(_("Edit"), url=_url("edit", person), icon_name="edit", priority=200))
        buttons.append(HeaderButton(_("Add a posting"), url=_url("post", person), icon_name="plus", priority=300))
    return buttons


def _url(name: str, person: User) -> str:
    return reverse(f"staff_people:{name}", args=[person.pk])
