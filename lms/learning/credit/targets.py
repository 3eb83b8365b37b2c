"""What a credit can be for: a module or a practical, by its short name in the address or by its title."""

from dataclasses import dataclass
from uuid import UUID

from wagtail.models import Page

from curriculum.models import ModulePage, UnitPage


@dataclass(frozen=True)
class Target:
    """`units` are completed by the credit: of a module all but its practicals, which are credited by their own name."""

    code: str
    title: str
    key: UUID
    units: tuple[Page, ...]


def targets() -> list[Target]:
    """All live ones, as written, modules first. A fixed number of queries."""
    modules = ModulePage.objects.live().filter(locale__language_code="en").order_by("title")
    units = list(UnitPage.objects.live().filter(locale__language_code="en").select_related("locale").order_by("path"))
    kinds = {unit.pk: unit.specific_class.kind for unit in units}
    found = []
    for module in modules:
        inside = tuple(unit for unit in units if unit.path.startswith(module.path) and kinds[unit.pk] != "practical")
        if inside:
            found.append(Target(module.slug, module.title, module.translation_key, inside))
    practicals = [unit for unit in units if kinds[unit.pk] == "practical"]
    return found + [Target(unit.slug, unit.title, unit.translation_key, (unit,)) for unit in practicals]


def by_name(all_targets: list[Target]) -> dict[str, Target]:
    """By short name and by title, whatever the case."""
    named = {target.title.casefold(): target for target in all_targets}
    return named | {target.code.casefold(): target for target in all_targets}
