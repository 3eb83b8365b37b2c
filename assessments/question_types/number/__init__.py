"""A number, with a tolerance and a unit. Reads it as people write it: comma or point, spaces between thousands."""

import re
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, DecimalBlock

from ..base import CheckedBlock, OtherWords, QuestionType, all_or_nothing

PLAIN = re.compile(r"[+-]?\d{1,12}([.,]\d{1,6})?", re.ASCII)
GROUPED = re.compile(r"[+-]?\d{1,3}([.,])\d{3}(\1\d{3})*", re.ASCII)


class NumberBlock(CheckedBlock):
    answer = DecimalBlock(label=_("Right answer"))
    tolerance = DecimalBlock(default=0, min_value=0, label=_("Also right within ±"))
    unit = CharBlock(required=False, max_length=20, label=_("Unit"))

    class Meta:
        icon = "decimal"
        label = _("Number")

    @classmethod
    def problem(cls, value):
        if Decimal(value["tolerance"]) < 0:
            return gettext("The tolerance cannot be less than 0.")
        return ""


def readings(text) -> set[Decimal]:
    """The numbers a text can mean. “1,000” is a thousand to one reader and one to another: both are taken."""
    if not isinstance(text, str):
        return set()
    close = re.sub(r"[\s\u00a0\u202f'’]", "", text).replace("\u2212", "-")
    found = set()
    if PLAIN.fullmatch(close):
        found.add(Decimal(close.replace(",", ".")))
    if GROUPED.fullmatch(close):
        found.add(Decimal(close.replace(",", "").replace(".", "")))
    return found


class Number(QuestionType):
    name = "number"
    ask = _("Write a number.")
    block = NumberBlock

    def show(self, value, random, *, shuffle=True):
        return {"unit": value["unit"] or ""}

    def key_for(self, item, value):
        if item["unit"] != (value["unit"] or ""):
            raise OtherWords(item["unit"])
        return {"answer": str(value["answer"]), "tolerance": str(value["tolerance"])}

    def read(self, item, data, name):
        return data.get(name, "").strip()[:30] or None

    def is_complete(self, item, response):
        return bool(readings(response))

    def grade(self, key, response):
        answer, tolerance = Decimal(key["answer"]), Decimal(key["tolerance"])
        return all_or_nothing(any(abs(number - answer) <= tolerance for number in readings(response)))

    def right_response(self, item, key):
        return f"{Decimal(key['answer']).normalize():f}"

    def in_words(self, item, response):
        return [f"{response} {item['unit']}".strip()] if isinstance(response, str) and response else []

    def context(self, item, response):
        return {"unit": item["unit"], "written": response if isinstance(response, str) else ""}

    def value_from(self, data):
        answer, tolerance = data.get("answer"), data.get("tolerance", 0)
        for name, number in (("answer", answer), ("tolerance", tolerance)):
            if isinstance(number, bool) or not isinstance(number, int | float):
                raise ValueError(f"«{name}» must be a number")
        return {"answer": str(answer), "tolerance": str(tolerance), "unit": str(data.get("unit") or "")}


TYPE = Number()
