"""One cell of the table: what stands there, what was typed, and what may become of it."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext as _

MOST = 250


@dataclass(frozen=True)
class Content:
    """What a cell holds. `confirmed`: the country's lead stands behind the value."""

    value: str = ""
    note: str = ""
    confirmed: bool = False

    @property
    def mark(self) -> str:
        """Travels with the form: by it we know later what she saw. Its last sign says whether it was confirmed."""
        text = "\0".join((self.value, self.note, str(self.confirmed)))
        return f"{hashlib.sha256(text.encode()).hexdigest()[:16]}{int(self.confirmed)}"


@dataclass
class Cell:
    """A key in one language. `now` stands in the database; `typed` is what she wants; `seen` the mark of what she saw.

    `who` wrote last, where somebody else did since she opened the page.
    """

    key: str
    language: str
    now: Content = Content()
    typed: Content = Content()
    seen: str = ""
    errors: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"{self.key}-{self.language}"

    @property
    def is_changed(self) -> bool:
        """By her: what somebody else wrote meanwhile stays where she touched nothing."""
        return self.typed.mark != self.seen and self.typed != self.now

    @property
    def is_overtaken(self) -> bool:
        return self.is_changed and self.now.mark != self.seen

    @property
    def shown(self) -> Content:
        return self.typed if self.is_changed else self.now


def judge(cell: Cell, *, may_confirm: bool) -> Cell:
    """The cell with what is wrong about it. Whoever may not confirm leaves the mark as it is, or takes it away with
    another value."""
    if not may_confirm:
        kept = cell.seen.endswith("1")
        cell.typed = replace(cell.typed, confirmed=kept)
        if cell.typed.mark != cell.seen and cell.typed.value != cell.now.value:
            cell.typed = replace(cell.typed, confirmed=False)
    if not cell.is_changed:
        return cell
    if cell.is_overtaken:
        words = _("Somebody else wrote here since you opened this page: “%(value)s”. Save again to put yours there.")
        cell.errors.append(words % {"value": cell.now.value or "–"})
    for name, text in ((_("Value"), cell.typed.value), (_("Note"), cell.typed.note)):
        if len(text) > MOST:
            told = {"name": name, "n": len(text), "most": MOST}
            cell.errors.append(_("%(name)s: %(n)d letters, at most %(most)d.") % told)
    if cell.typed.confirmed and not cell.typed.value:
        cell.errors.append(_("Write the value before you confirm it."))
    return cell


def confirmed_on(cell: Cell, before: date | None, today: date) -> date | None:
    """A new value is confirmed on the day it is saved; one that stays keeps its day."""
    if not cell.typed.confirmed:
        return None
    return before if before and cell.typed.value == cell.now.value else today
