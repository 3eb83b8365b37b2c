"""Saving a country's table: all of it, or nothing and the cells that stand in the way."""

from collections.abc import Mapping

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from lms.core.models import Country

from ..country_keys import CountryKey
from ..models import CountryValue
from ..permissions import may_confirm_value
from .cells import Cell, Content, confirmed_on, judge


class TableNotSaved(Exception):
    """A cell cannot be saved, so none is. `table` holds the cells with their errors."""

    def __init__(self, table: "Table"):
        super().__init__()
        self.table = table


class Table:
    """The cells of a country by key and language, in order."""

    def __init__(self, country: Country):
        self.country = country
        self.languages = languages_of(country)
        self.rows = {(row.key, row.language): row for row in CountryValue.objects.filter(country=country)}
        self.cells = {(key, code): self._cell(key, code) for key in CountryKey.values for code in self.languages}

    def by_key(self) -> list[tuple[str, list[Cell]]]:
        """The rows as they are shown."""
        keys = dict(CountryKey.choices)
        return [(keys[key], [self.cells[key, code] for code in self.languages]) for key in keys]

    def _cell(self, key: str, language: str) -> Cell:
        row = self.rows.get((key, language))
        now = Content(row.value, row.note, row.confirmed_on is not None) if row else Content()
        return Cell(key, language, now=now, typed=now, seen=now.mark)


def languages_of(country: Country) -> list[str]:
    """English first, then the country's own that the site speaks."""
    spoken = dict(settings.LANGUAGES)
    return ["en", *(code for code in country.languages if code in spoken and code != "en")]


@transaction.atomic
def save_table(country: Country, typed: Mapping[str, str], *, by: AbstractBaseUser) -> int:
    """Save what was typed into a country's table; returns how many cells changed.

    `typed` is the posted form. A cell that somebody else wrote meanwhile is not overwritten. Raises TableNotSaved with
    every cell that is in the way; nothing is saved then.
    """
    Country.objects.select_for_update().get(pk=country.pk)
    table, may_confirm = Table(country), may_confirm_value(by, country.pk)
    for cell in table.cells.values():
        _fill(cell, typed)
        judge(cell, may_confirm=may_confirm)
    if any(cell.errors for cell in table.cells.values()):
        raise TableNotSaved(table)
    changed = [cell for cell in table.cells.values() if cell.is_changed]
    for cell in changed:
        _save(cell, table, by)
    return len(changed)


def _fill(cell: Cell, typed: Mapping[str, str]) -> None:
    """A cell that was not on the page is left alone."""
    if f"{cell.name}-seen" not in typed:
        return
    cell.seen = typed[f"{cell.name}-seen"]
    value, note = (_tidy(typed.get(f"{cell.name}-{part}", "")) for part in ("value", "note"))
    cell.typed = Content(value, note, f"{cell.name}-confirmed" in typed)


def _tidy(text: str) -> str:
    """One line, single spaces, nothing that cannot be seen: a database may refuse it."""
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())


def _save(cell: Cell, table: Table, by: AbstractBaseUser) -> None:
    """One by one: its moment of change tells the rendered lessons that they are out of date."""
    row = table.rows.get((cell.key, cell.language))
    is_new = row is None
    row = row or CountryValue(country=table.country, key=cell.key, language=cell.language)
    row.confirmed_on = confirmed_on(cell, row.confirmed_on, timezone.localdate())
    row.value, row.note = cell.typed.value, cell.typed.note
    row.save()
    log(row, "wagtail.create" if is_new else "wagtail.edit", user=by, title=str(row))
