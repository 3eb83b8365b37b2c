"""Judges the rows of a review list that came back: each by itself, against the others, and against the facts today."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from lms.core.sheets import RawRow, normalise

from ...models import Fact, Verdict
from ..citing import Citations, citations
from .columns import ASKED, LABELS

Word = Verdict.Word
DAYS = ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%d.%m.%Y", "%d %B %Y", "%d %b %Y")
NOTE = Fact._meta.get_field("note").max_length


@dataclass
class CheckedRow:
    """A row, what is wrong about it as (column, sentence), and what it would do."""

    line: int
    values: dict[str, str]
    fact: Fact | None = None
    given: dict | None = None
    cited: Citations = field(default_factory=Citations)
    errors: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return not self.errors

    @property
    def word(self) -> str:
        return self.given["verdict"] if self.given else ""

    @property
    def note(self) -> str:
        return note_of(self.given) if self.given else ""


@dataclass
class Review:
    """The rows that say something; `unjudged` is how many say nothing."""

    rows: list[CheckedRow]
    unjudged: int

    @property
    def good(self) -> list[CheckedRow]:
        return [row for row in self.rows if row.is_good]

    @property
    def bad(self) -> list[CheckedRow]:
        return [row for row in self.rows if not row.is_good]

    @property
    def counts(self) -> dict[str, int]:
        return {word: sum(row.word == word for row in self.good) for word in Word.values}

    @property
    def digest(self) -> str:
        """The same as long as the same verdicts would be brought in on the same facts."""
        parts = [(row.line, row.fact.pk, row.fact.status, row.fact.note, row.word, row.note) for row in self.good]
        return hashlib.sha256(json.dumps([parts, len(self.bad)], default=str).encode()).hexdigest()


class VerdictForm(forms.Form):
    """What the clinician wrote into one row."""

    verdict = forms.CharField(max_length=40)
    proposed = forms.CharField(max_length=2_000, required=False)
    reference = forms.CharField(max_length=110, required=False)
    clinician = forms.CharField(max_length=100)
    checked_on = forms.CharField(max_length=40)

    def __init__(self, row: RawRow):
        super().__init__(row.values)
        for name, one in self.fields.items():
            one.error_messages["required"] = _("The cell is empty.")
            one.label = LABELS[name]

    def clean_verdict(self) -> str:
        text = normalise(self.cleaned_data["verdict"])
        known = {normalise(str(word)): value for value, label in Word.choices for word in (value, label)}
        if text not in known:
            raise forms.ValidationError(_("Write right, change or remove."))
        return known[text]

    def clean_checked_on(self) -> date:
        day = _day(self.cleaned_data["checked_on"])
        if day is None:
            raise forms.ValidationError(_("Not a day that is understood. Write year, month, day, such as 2026-11-20."))
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def clean(self):
        cleaned = super().clean()
        word = cleaned.get("verdict")
        if word == Word.RIGHT and not cleaned.get("reference") and "reference" not in self.errors:
            self.add_error("reference", _("Say where in the source it stands: chapter, table or page."))
        if word == Word.CHANGE and not cleaned.get("proposed") and "proposed" not in self.errors:
            self.add_error("proposed", _("Write what it should say."))
        if word in (Word.RIGHT, Word.REMOVE) and cleaned.get("proposed"):
            self.add_error("verdict", _("There is a proposed statement: choose “change”, or take the proposal out."))
        for name in ("proposed", "reference", "clinician"):
            if self.data.get(name, "").startswith("="):
                self._errors.pop(name, None)
                self.add_error(name, _("A formula. Type the words themselves."))
        return cleaned


def review(rows: Iterable[dict]) -> Review:
    """Judge every row as of now. A fixed number of queries."""
    raw = [RawRow(**row) for row in rows]
    said = [row for row in raw if any(row.values.get(column.key) for column in ASKED)]
    facts = {fact.code: fact for fact in Fact.objects.filter(code__in={row.values.get("code", "") for row in said})}
    cited = citations(facts.values())
    checked, seen = [], {}
    for row in said:
        fact = facts.get(row.values.get("code", ""))
        one = _judged(row, fact)
        one.cited = cited[fact.pk] if fact else Citations()
        if fact and (first := seen.setdefault(fact.code, row.line)) != row.line:
            words = _("%(code)s stands in row %(row)d already.") % {"code": fact.code, "row": first}
            one.errors.append((str(LABELS["code"]), words))
        checked.append(one)
    return Review(checked, len(raw) - len(said))


def note_of(given: dict) -> str:
    """What a fact's note says once a clinician found it right."""
    return f"{given['reference']} ({given['clinician']}, {given['checked_on']:%Y-%m-%d})"


def _judged(row: RawRow, fact: Fact | None) -> CheckedRow:
    found = CheckedRow(row.line, row.values, fact)
    if row.spilled:
        found.errors.append(("", _("A cell stands under no heading.")))
    found.errors += _about_the_fact(row, fact)
    form = VerdictForm(row)
    if form.is_valid():
        found.given = form.cleaned_data
    found.errors += [(str(LABELS.get(key, "")), text) for key, texts in form.errors.items() for text in texts]
    if found.given and found.word == Word.RIGHT and len(found.note) > NOTE:
        found.errors.append((str(LABELS["reference"]), _("Too long. Chapter and page are enough.")))
    return found


def _about_the_fact(row: RawRow, fact: Fact | None) -> list[tuple[str, str]]:
    code = row.values.get("code", "")
    if fact is None:
        return [(str(LABELS["code"]), _("There is no fact «%(code)s».") % {"code": code[:40]})]
    if _plain(row.values.get("statement", "")) == _plain(fact.statement):
        return []
    words = _(
        "%(code)s says something else now than in this list. Take a new list for it. "
        "If the clinician wrote over the statement, put it back and write hers into “proposed statement”."
    )
    return [(str(LABELS["statement"]), words % {"code": code})]


def _plain(text: str) -> str:
    return " ".join(ILLEGAL_CHARACTERS_RE.sub("", text).split())


def _day(text: str) -> date | None:
    """Unmistakable days only: 3/4/2026 is April here and March there."""
    for form in DAYS:
        try:
            return datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    return None
