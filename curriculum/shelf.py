"""The shelf by health area and client group: what can be chosen, how many modules each has, and what was chosen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from .models.pages import ClientGroup, HealthArea

Kind = tuple[str, Sequence[str]]  # health area and client groups of one module


@dataclass(frozen=True)
class Choice:
    label: str
    address: str
    number: int
    is_chosen: bool


@dataclass(frozen=True)
class Chosen:
    """An empty part leaves nothing out."""

    area: str
    group: str

    def __bool__(self) -> bool:
        return bool(self.area or self.group)

    def holds(self, area: str, groups: Sequence[str]) -> bool:
        """A module for everyone is for each group too."""
        return self.area in ("", area) and (not self.group or bool({self.group, ClientGroup.ALL} & set(groups)))


@dataclass(frozen=True)
class Shelf:
    chosen: Chosen
    areas: list[Choice]
    groups: list[Choice]
    number: int  # of modules that hold


def chosen(asked: QueryDict) -> Chosen:
    """From an address; what it asks for and does not exist is not asked for."""
    area, group = asked.get("area", ""), asked.get("group", "")
    return Chosen(area if area in HealthArea else "", group if group in ClientGroup else "")


def sort(asked: QueryDict, kinds: Iterable[Kind]) -> Shelf:
    """What these modules can be sorted by. A choice counts what it would leave beside the other part that is chosen."""
    kinds, now = list(kinds), chosen(asked)
    areas = [(value, label) for value, label in HealthArea.choices if any(area == value for area, _groups in kinds)]
    held = {group for _area, groups in kinds for group in groups} - {ClientGroup.ALL}
    groups = [(value, label) for value, label in ClientGroup.choices if value in held]
    return Shelf(
        now,
        [_choice(Chosen(value, now.group), label, kinds, now) for value, label in [("", _("All areas")), *areas]],
        [_choice(Chosen(now.area, value), label, kinds, now) for value, label in [("", _("All people")), *groups]],
        _count(now, kinds),
    )


def _choice(this: Chosen, label: str, kinds: list[Kind], now: Chosen) -> Choice:
    query = urlencode({name: value for name, value in (("area", this.area), ("group", this.group)) if value})
    return Choice(label, f"?{query}", _count(this, kinds), this == now)


def _count(this: Chosen, kinds: list[Kind]) -> int:
    return sum(this.holds(*kind) for kind in kinds)
