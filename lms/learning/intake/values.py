"""What a cell means: names, years, dates, phones. Pure: text in, a value and perhaps a notice out.

What cannot be understood ends in NotUnderstood with a sentence that says what to do.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import phonenumbers
from dateutil import parser
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl.utils.datetime import from_excel

from .words import FourLanguages

YOUNGEST, OLDEST = 16, 80
FORMULA_STARTS = ("=", "+", "-", "@")
STRANGE = set("<>{}[]|\\")
MOJIBAKE = re.compile("\ufffd|Ã[\u0080-\u00bf\u0152-\u2122]|â€")
TWO_NUMBERS = re.compile(r"[/;,|\n]|\b(?:or|and|ou|et|e|au|na)\b", re.I)
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.]+)?")
SERIAL = re.compile(r"\d{5}")
POWER = re.compile(r"\d[.,]?\d*E\+?\d+", re.I)
INFO = FourLanguages(dayfirst=True)


class NotUnderstood(Exception):
    """The argument is a sentence about the cell."""


@dataclass(frozen=True)
class Understood:
    """A value, and what a person should look at before she trusts it."""

    value: Any
    notice: str = ""


def tidy(text: str) -> str:
    """One way to write each letter, single spaces, no line breaks."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def check_formula(key: str, text: str) -> None:
    """Raises NotUnderstood: a spreadsheet that this list is exported to would run it."""
    if text.startswith(FORMULA_STARTS) and not (key == "phone" and text.startswith("+")):
        raise NotUnderstood(_("Starts with «%(sign)s» like a formula. Type the value itself.") % {"sign": text[0]})


def name(text: str) -> Understood:
    """In any script. Signs that nobody sees are refused: two names that look alike would not be."""
    if any(unicodedata.category(letter) in ("Cf", "Cc", "Co", "Cn") for letter in text):
        raise NotUnderstood(_("There is an invisible sign in it. Type the name again instead of copying it."))
    if STRANGE & set(text) or not any(letter.isalpha() for letter in text):
        raise NotUnderstood(_("This is not a name."))
    if MOJIBAKE.search(text):
        raise NotUnderstood(_("Its letters were damaged on the way. Save the sheet as XLSX and send it again."))
    letters = [letter for letter in text if letter.isalpha()]
    if len(letters) > 3 and text == text.upper() != text.lower():
        return Understood(text, _("All in capitals: certificates will print it so."))
    if any(letter.isdigit() for letter in text):
        return Understood(text, _("There is a number in it."))
    return Understood(text)


def birth_year(text: str) -> int:
    """Of a year or of a whole date; of the date nothing else is kept."""
    now = timezone.localdate().year
    year = int(text) if re.fullmatch(r"\d{4}", text) else day_of(text).year
    year -= 100 if year > now else 0
    if not now - OLDEST <= year <= now - YOUNGEST:
        between = {"first": now - OLDEST, "last": now - YOUNGEST}
        raise NotUnderstood(_("A year between %(first)d and %(last)d.") % between)
    return year


def start_date(text: str) -> date:
    """Day before month where both could be. At most two years from today: else a digit is wrong."""
    found, today = day_of(text), timezone.localdate()
    if abs(found - today) > timedelta(days=730):
        raise NotUnderstood(_("More than two years from today. Type it like %(day)s.") % {"day": today.isoformat()})
    return found


def phone(text: str, region: str, dialling_code: str) -> Understood:
    """In international form. Spaces, a lost plus or zero and «00» are understood; of two numbers the first is taken."""
    if POWER.fullmatch(text):
        raise NotUnderstood(_("The spreadsheet shortened it. Format the column as text and type it again."))
    shown = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    parts = [part.strip() for part in TWO_NUMBERS.split(shown) if sum(map(str.isdigit, part)) > 6]
    if len(parts) > 1:
        first = phone(parts[0], region, dialling_code)
        return Understood(first.value, _("Two numbers: only the first is kept."))
    if found := _number(shown, region, dialling_code):
        return Understood(found)
    raise NotUnderstood(_("Not a phone number. One from another country starts with +."))


def _number(text: str, region: str, dialling_code: str) -> str:
    digits = re.sub(r"\D", "", text)
    country = dialling_code.lstrip("+")
    tries = [text]
    tries += [f"+{digits[2:]}"] if digits.startswith("00") else []
    tries += [f"+{digits}"] if digits.startswith(country) else []
    tries += [f"+{country}{digits.removeprefix('0')}"]
    for attempt in tries:
        try:
            number = phonenumbers.parse(attempt, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return ""


def day_of(text: str) -> date:
    """2026-03-04 is the fourth of March, 3/4/2026 the third of April; five digits are a spreadsheet's own day count."""
    try:
        if iso := ISO.fullmatch(text):
            return date(*map(int, iso.groups()))
        if SERIAL.fullmatch(text):
            return from_excel(int(text)).date()
        if re.search(r"\d", text) and not text.isdigit():
            return parser.parse(text, INFO).date()
    except (ValueError, OverflowError):
        pass
    today = timezone.localdate().isoformat()
    raise NotUnderstood(_("Not a date. Type it like %(day)s, or a year with four digits.") % {"day": today})
