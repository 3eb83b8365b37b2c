"""A number, with a tolerance and a unit. Reads it as people write it: comma or point, spaces between thousands."""

import re
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, DecimalBlock, ListBlock, StructBlock

from ..base import CheckedBlock, Grade, OtherWords, QuestionType, number_in, said_in
from ..notes import note_block
from ..options import said_block, share_block

PLAIN = re.compile(r"[+-]?\d{1,12}([.,]\d{1,6})?", re.ASCII)
GROUPED = re.compile(r"[+-]?\d{1,3}([.,])\d{3}(\1\d{3})*", re.ASCII)
LONGEST = 30
MOST = 8


class OtherNumberBlock(StructBlock):
    answer = DecimalBlock(label=_("Number"))
    tolerance = DecimalBlock(default=0, min_value=0, label=_("Also within ±"))
    share = share_block()
    feedback = said_block()

    class Meta:
        icon = "decimal"
        label = _("Another number")


class NumberBlock(CheckedBlock):
    answer = DecimalBlock(label=_("Right answer"))
    tolerance = DecimalBlock(
        default=0, min_value=0, label=_("Also right within ±"), help_text=_("0.5 with 37 takes 36.5 to 37.5")
    )
    unit = CharBlock(
        required=False, max_length=20, label=_("Unit"), help_text=_("Stands behind her number. Such as: mmHg")
    )
    others = ListBlock(
        OtherNumberBlock(),
        default=[],
        max_num=MOST,
        label=_("Other numbers you expect"),
        help_text=_("A slip that many make, with what you say to it. The first that fits counts"),
    )
    feedback = note_block()

    class Meta:
        icon = "decimal"
        label = _("Number")

    @classmethod
    def problem(cls, value):
        others = value.get("others") or []
        if any(Decimal(row["tolerance"]) < 0 for row in (value, *others)):
            return gettext("The tolerance cannot be less than 0.")
        for row in others:
            apart = abs(Decimal(row["answer"]) - Decimal(value["answer"]))
            if apart + Decimal(row["tolerance"]) <= Decimal(value["tolerance"]):
                return gettext("The other number %(number)s is within the right answer's tolerance. Take it out.") % {
                    "number": row["answer"]
                }
            if not 0 <= Decimal(row["share"]) <= 100:
                return gettext("%(number)s: what it counts must be from 0 to 100 per cent.") % {"number": row["answer"]}
        return ""


def readings(text) -> set[Decimal]:
    """The numbers a text can mean. “1,000” is a thousand to one reader and one to another: both are taken."""
    if not isinstance(text, str) or len(text) > LONGEST:
        return set()
    close = re.sub(r"[\s\u00a0\u202f'’]", "", text).replace("\u2212", "-")
    found = set()
    if PLAIN.fullmatch(close):
        found.add(Decimal(close.replace(",", ".")))
    if GROUPED.fullmatch(close):
        found.add(Decimal(close.replace(",", "").replace(".", "")))
    return found


def fits(row: dict, response) -> bool:
    answer, tolerance = Decimal(row["answer"]), Decimal(row["tolerance"])
    return any(abs(number - answer) <= tolerance for number in readings(response))


class Number(QuestionType):
    name = "number"
    ask = _("Write a number.")
    partial = _("A number that is partly right counts as a part.")
    block = NumberBlock

    def show(self, value, random, *, shuffle=True):
        return {"unit": value["unit"] or ""}

    def key_for(self, item, value):
        if item["unit"] != (value["unit"] or ""):
            raise OtherWords(item["unit"])
        key = {"answer": str(value["answer"]), "tolerance": str(value["tolerance"])}
        others = [_other_key(row) for row in value.get("others") or []]
        return key | {"others": others, "said": value.get("feedback") or ""}

    def feedback(self, item, key, response):
        if response is None or fits(key, response):
            return []
        other = _first(key, response)
        said = (other and other["said"]) or (key.get("said") if not self.grade(key, response).right else "")
        return [said] if said else []

    def read(self, item, data, name):
        return data.get(name, "").strip()[:LONGEST] or None

    def is_complete(self, item, response):
        return bool(readings(response))

    def grade(self, key, response):
        if fits(key, response):
            return Grade(True, 1.0)
        other = _first(key, response)
        share = other["share"] if other else 0.0
        return Grade(share == 1, share)

    def right_response(self, item, key):
        return f"{Decimal(key['answer']).normalize():f}"

    def in_words(self, item, response):
        return [f"{response} {item['unit']}".strip()] if isinstance(response, str) and response else []

    def context(self, item, response):
        return {"unit": item["unit"], "written": response if isinstance(response, str) else ""}

    def value_from(self, data):
        value = _number_from(data) | {"unit": str(data.get("unit") or ""), "feedback": said_in(data)}
        return value | {"others": [_other_from(row) for row in data.get("others") or []]}


def _first(key: dict, response) -> dict | None:
    return next((row for row in key.get("others", []) if fits(row, response)), None)


def _other_key(row) -> dict:
    numbers = {name: str(row[name]) for name in ("answer", "tolerance")}
    return numbers | {"share": float(Decimal(row["share"])) / 100, "said": row["feedback"] or ""}


def _number_from(data: dict) -> dict:
    return {"answer": number_in(data, "answer"), "tolerance": number_in(data, "tolerance", 0)}


def _other_from(row) -> dict:
    if not isinstance(row, dict):
        raise ValueError("each of «others» needs «answer»")
    return _number_from(row) | {"share": number_in(row, "share", 0), "feedback": said_in(row)}


TYPE = Number()
