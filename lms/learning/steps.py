"""Steps, stops and the path as a learner sees them, in words. Filled by `queries`; nothing here asks the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from curriculum.queries import Entry

from .models import Enrolment, Place

MOST_CELLS = 24


@dataclass
class Step:
    """One unit that one enrolment asks for. The second half is filled in by `queries.path`."""

    key: UUID
    module_key: UUID | None
    kind: str
    required: bool
    done: bool
    state: str
    waiting: list[str]
    reason: str = ""
    entry: Entry | None = None
    number: int = 0
    of: int = 0
    waits_for: str = ""
    place: Place | None = None
    credited: str = ""

    @property
    def is_open(self) -> bool:
        return self.state in ("open", "done", "here")

    @property
    def sign(self) -> str:
        return {"quiz": "quiz", "practical": "watch"}.get(self.kind, "book")

    @property
    def url(self) -> str:
        """Where she stopped, so that a link leads back to it without a script."""
        at = f"#card-{self.place.position}" if self.place and self.place.position > 1 else ""
        return self.entry.url + at

    @property
    def row_sign(self) -> str:
        """In a module's list a lesson shows its number, anything else its sign."""
        return "stop" if self.state == "withdrawn" else "" if self.number else self.sign

    @property
    def way_in(self) -> str:
        return self.url if self.is_open else ""

    @property
    def minutes(self) -> str:
        return _("%(minutes)s min") % {"minutes": self.entry.minutes}

    @property
    def words(self) -> str:
        """How far she is with it."""
        if self.state == "withdrawn":
            return _("Withdrawn: %(reason)s") % {"reason": self.reason}
        if self.state == "locked":
            return self.waits_for
        if self.state == "done":
            return self.credited or _("Done") + " · " + self.minutes
        if self.place:
            return _("You are on card %(card)s of %(of)s") % {"card": self.place.position, "of": self.place.of}
        return _("your trainer watches") if self.kind == "practical" else self.minutes

    @property
    def words_left(self) -> str:
        """What the Continue card says about the time it takes."""
        if self.kind == "practical":
            return _("Your trainer watches you do this.")
        if not self.place:
            return _("about %(minutes)s minutes") % {"minutes": self.entry.minutes}
        left = -(-self.entry.minutes * (self.place.of - self.place.position + 1) // self.place.of)
        words = _("Card %(card)s of %(of)s · about %(minutes)s minutes left")
        return words % {"card": self.place.position, "of": self.place.of, "minutes": left}

    @property
    def cells(self) -> list[str]:
        return progress_cells(self.place.position, self.place.of) if self.place else []


@dataclass
class Standing:
    """One enrolment with its steps, judged."""

    enrolment: Enrolment
    steps: list[Step]

    def step(self, key: UUID) -> Step | None:
        return next((step for step in self.steps if step.key == key), None)

    def module(self, key: UUID) -> list[Step]:
        return [step for step in self.steps if step.module_key == key]


@dataclass
class Stop:
    """One module, or one unit that stands alone, on the path."""

    key: UUID
    steps: list[Step]
    entry: Entry

    @property
    def is_module(self) -> bool:
        return self.steps[0].module_key is not None

    @property
    def is_required(self) -> bool:
        return any(step.required for step in self.steps)

    @property
    def state(self) -> str:
        states = [step.state for step in self.steps]
        if all(state == "withdrawn" for state in states):
            return "withdrawn"
        if all(step.done for step in self.steps if step.required or not self.is_required):
            return "done"
        if "here" in states:
            return "here"
        return "open" if "open" in states or "done" in states else "locked"

    @property
    def url(self) -> str:
        return self.entry.url if self.is_module else self.steps[0].url

    @property
    def sign(self) -> str:
        return self.entry.icon if self.is_module else self.steps[0].sign

    @property
    def cloth(self) -> str:
        return self.entry.cloth or "indigo"

    @property
    def lesson_count(self) -> int:
        return sum(step.kind == "lesson" for step in self.steps)

    @property
    def credited(self) -> str:
        """Of what was learned elsewhere as a whole."""
        return self.steps[0].credited if all(step.credited for step in self.steps) else ""

    @property
    def words(self) -> str:
        if self.state == "done":
            return self.credited or _("Done")
        if not self.is_module or self.state in ("withdrawn", "locked"):
            return self.steps[0].words
        words = _("%(done)s of %(all)s done") % {"done": sum(step.done for step in self.steps), "all": len(self.steps)}
        return words + " · " + _("you are here") if self.state == "here" else words

    def words_above(self, step: Step) -> str:
        """The small line above a step of this stop: «Tuberculosis · lesson 2 of 4»."""
        if not self.is_module:
            return _("Observed at work") if step.kind == "practical" else ""
        if not step.number:
            return self.entry.title
        return self.entry.title + " · " + _("lesson %(number)s of %(of)s") % {"number": step.number, "of": step.of}


@dataclass
class Path:
    """The whole way to a certificate, as she sees it."""

    enrolment: Enrolment
    programme: Entry | None
    stops: list[Stop]
    next: Step | None
    others: list[Entry]

    @property
    def steps(self) -> list[Step]:
        return [step for stop in self.stops for step in stop.steps]

    @property
    def is_complete(self) -> bool:
        return self.enrolment.completed_at is not None

    @property
    def has_begun(self) -> bool:
        return self.enrolment.done_count > 0 or any(step.place for step in self.steps)

    @property
    def here(self) -> Stop | None:
        return next((stop for stop in self.stops if self.next in stop.steps), None)

    @property
    def above(self) -> str:
        return self.here.words_above(self.next)

    @property
    def cells(self) -> list[str]:
        """One stitch a step; where they are too many to count, one a stop."""
        parts = [step for step in self.steps if step.required]
        if len(parts) > MOST_CELLS:
            return [{"done": "done", "here": "current"}.get(stop.state, "open") for stop in self.stops]
        return ["done" if step.done else "current" if step is self.next else "open" for step in parts]

    def stop(self, key: UUID) -> Stop | None:
        """The stop that is this module, or this unit."""
        return next((stop for stop in self.stops if stop.key == key), None)

    def step(self, unit_key: UUID) -> Step | None:
        return next((step for step in self.steps if step.key == unit_key), None)

    def stop_of(self, unit_key: UUID) -> Stop | None:
        return next((stop for stop in self.stops if any(step.key == unit_key for step in stop.steps)), None)


def progress_cells(position: int, of: int) -> list[str]:
    """Stitches of a lesson: cards before this one done, this one current."""
    return ["done"] * (position - 1) + ["current"] + ["open"] * (of - position)


def position(place: Place | None, cards: Sequence[str]) -> int:
    """The number of the card she stopped at; where that card is gone, of the one that took its place."""
    if place is None or not cards:
        return 1
    return cards.index(place.card) + 1 if place.card in cards else min(place.position, len(cards))
