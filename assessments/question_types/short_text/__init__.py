"""A word or two in her own hand. Capitals, accents, spaces and punctuation are forgiven; a slip of spelling is said."""

import re
import unicodedata

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rapidfuzz.distance import OSA
from wagtail.blocks import CharBlock, ListBlock, StructBlock

from ..base import CheckedBlock, Grade, QuestionType, filled_list, filled_text, number_in, said_in, texts_in
from ..notes import note_block, note_to
from ..options import said_block, share_block

LONGEST = 80
MOST = 10
SLIPS = ((8, 2), (4, 1))  # from so many letters on, so many slips are near; a shorter word is written right or not


class OtherTextBlock(StructBlock):
    text = CharBlock(max_length=LONGEST, label=_("Answer"))
    share = share_block()
    feedback = said_block()

    class Meta:
        icon = "pilcrow"
        label = _("Another answer")


class ShortTextBlock(CheckedBlock):
    accepted = ListBlock(
        CharBlock(max_length=LONGEST, label=_("Answer")),
        min_num=1,
        max_num=MOST,
        label=_("Right answers"),
        help_text=_("Every way to say it, such as: rifampicin · rifampin. Capitals and accents do not matter"),
    )
    others = ListBlock(
        OtherTextBlock(),
        default=[],
        max_num=MOST,
        label=_("Other answers you expect"),
        help_text=_("Wrong words that many write, with what you say to them. They never pass for a slip of spelling"),
    )
    feedback = note_block()

    class Meta:
        icon = "pilcrow"
        label = _("Short text")

    @classmethod
    def problem(cls, value):
        accepted, others = list(value["accepted"]), value.get("others") or []
        written = accepted + [row["text"] for row in others]
        if not 1 <= len(accepted) <= MOST or len(others) > MOST:
            words = gettext("Give 1 to %(most)s right answers, and no more than %(most)s others.")
            return words % {"most": MOST}
        return _text_problem(written) or _share_problem(others)


def _text_problem(written: list[str]) -> str:
    """Each needs a letter or digit, and no two may be the same to the marking."""
    seen: dict[str, str] = {}
    for text in written:
        where = {"text": text, "other": seen.get(plain(text)), "longest": LONGEST}
        if not plain(text):
            return gettext("“%(text)s” has no letter and no digit. Write an answer, or take it out.") % where
        if len(text) > LONGEST:
            return gettext("“%(text)s” is longer than %(longest)s letters.") % where
        if plain(text) in seen:
            same = gettext("“%(other)s” and “%(text)s” are the same answer to the marking. Take one out.")
            return same % where
        seen[plain(text)] = text
    return ""


def _share_problem(others) -> str:
    for row in others:
        if not 0 <= float(row["share"]) <= 100:
            return gettext("“%(text)s”: what it counts must be from 0 to 100 per cent.") % {"text": row["text"]}
    return ""


def plain(text) -> str:
    """A text as it is compared: its letters and digits. A point or comma between two digits stays: 1.5 is not 15."""
    apart = unicodedata.normalize("NFKD", str(text).casefold())
    letters = "".join(sign for sign in apart if not unicodedata.combining(sign))
    decimal = re.sub(r"(?<=\d)[.,](?=\d)", "·", letters)
    return "".join(sign for sign in decimal if sign.isalnum() or sign == "·").replace("·", ".")


def slips(text: str, wanted: str) -> int | None:
    """How many slips of the pen (a letter more, less, other, or two exchanged) lie between two plain texts.

    None: too many to be the same word, or another number. Counted by the optimal string alignment distance.
    """
    allowed = next((slips for letters, slips in SLIPS if len(wanted) >= letters), 0)
    if re.sub(r"[^\d.]", "", text) != re.sub(r"[^\d.]", "", wanted):
        return None
    found = OSA.distance(text, wanted, score_cutoff=allowed)
    return found if found <= allowed else None


class ShortText(QuestionType):
    name = "short_text"
    ask = _("Write your answer in a few words.")
    partial = _("An answer that is partly right counts as a part.")
    block = ShortTextBlock

    def show(self, value, random, *, shuffle=True):
        return {}

    def key_for(self, item, value):
        others = [_other_key(row) for row in value.get("others") or []]
        return {"accepted": list(value["accepted"]), "others": others, "said": value.get("feedback") or ""}

    def feedback(self, item, key, response):
        if not self.is_complete(item, response):
            return []
        if other := _other(key, plain(response)):
            return [other["said"]] if other["said"] else note_to(key, self.grade(key, response))
        grade = self.grade(key, response)
        return [] if grade.near else note_to(key, grade)  # the page says that it is near, whatever the type

    def read(self, item, data, name):
        seen = "".join(sign if sign.isprintable() else " " for sign in data.get(name, ""))
        return seen.strip()[:LONGEST].strip() or None

    def is_complete(self, item, response):
        if not isinstance(response, str) or len(response) > LONGEST or not response.isprintable():
            return False
        return bool(plain(response))

    def grade(self, key, response):
        text = plain(response) if self.is_complete({}, response) else ""
        if text and text in map(plain, key["accepted"]):
            return Grade(True, 1.0)
        if other := _other(key, text):
            return Grade(other["share"] == 1, other["share"])
        return Grade(False, 0.0, near=_is_near(key, text))

    def right_response(self, item, key):
        return key["accepted"][0]

    def in_words(self, item, response):
        return [response] if isinstance(response, str) and response else []

    def context(self, item, response):
        return {"written": response if isinstance(response, str) else "", "longest": LONGEST}

    def value_from(self, data):
        filled_list(data, "accepted")
        others = [_other_from(row) for row in data.get("others") or []]
        return {"accepted": texts_in(data, "accepted"), "others": others, "feedback": said_in(data)}


def _other(key: dict, text: str) -> dict | None:
    return next((row for row in key["others"] if plain(row["text"]) == text), None)


def _is_near(key: dict, text: str) -> bool:
    """Near a right answer, and not as near to one that is known to be wrong."""
    to_right = _least(text, key["accepted"])
    to_wrong = _least(text, [row["text"] for row in key["others"] if row["share"] < 1])
    return to_right is not None and (to_wrong is None or to_right < to_wrong)


def _least(text: str, wanted: list[str]) -> int | None:
    found = [slips(text, plain(word)) for word in wanted]
    return min((count for count in found if count is not None), default=None)


def _other_key(row) -> dict:
    return {"text": row["text"], "share": float(row["share"]) / 100, "said": row["feedback"] or ""}


def _other_from(row) -> dict:
    text = filled_text(row, "text", "others")
    return {"text": text, "share": number_in(row, "share", 0), "feedback": said_in(row)}


TYPE = ShortText()
