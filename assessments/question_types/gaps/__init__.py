"""A text with gaps; each is filled with one of the same words. A response is {gap's number: word's id}.

Its author writes the text whole, the words that are asked for in double square brackets.
"""

import re

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, TextBlock

from ..base import (
    CheckedBlock,
    OtherWords,
    QuestionType,
    filled_text,
    ids_of,
    list_problem,
    rows,
    said_in,
    share_of,
    shuffled,
    texts_in,
)
from ..notes import note_block, note_to

GAP = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
GAPS = 8
WORDS = 12
LONGEST_WORD = 40
LONGEST_TEXT = 600


class GapsBlock(CheckedBlock):
    text = TextBlock(
        max_length=LONGEST_TEXT,
        label=_("Text with its gaps"),
        help_text=_("Put each word she has to find in double square brackets: TB passes through the [[air]]."),
    )
    extra = ListBlock(
        CharBlock(max_length=LONGEST_WORD, label=_("Word")),
        default=[],
        max_num=WORDS - 1,
        label=_("More words"),
        help_text=_("They fit no gap, but look as if they might. She chooses from all words, in a mixed order"),
    )
    feedback = note_block()

    class Meta:
        icon = "form"
        label = _("Fill the gaps")

    @classmethod
    def problem(cls, value):
        between, words = apart(value["text"])
        return (
            text_problem(value["text"], between)
            or gaps_problem(words)
            or list_problem(gettext("Words"), choices(value), least=2, most=WORDS, longest=LONGEST_WORD)
        )


def apart(text: str) -> tuple[list[str], list[str]]:
    """What stands between the gaps (one more than there are gaps), and the word of each gap."""
    parts = GAP.split(str(text).replace("\r\n", "\n"))
    return parts[::2], [" ".join(word.split()) for word in parts[1::2]]


def choices(value) -> list[str]:
    return list(dict.fromkeys(apart(value["text"])[1])) + list(value.get("extra") or [])


def text_problem(text: str, between: list[str]) -> str:
    if len(text) > LONGEST_TEXT:
        return gettext("The text is longer than %(longest)s letters.") % {"longest": LONGEST_TEXT}
    for part in between:
        if left := re.search(r"\[\[|\]\]", part):
            near = part[max(0, left.start() - 10) : left.end() + 15].strip()
            words = gettext("A bracket is left over at “%(near)s”. Each gap opens with [[ and closes with ]].")
            return words % {"near": near}
    return ""


def gaps_problem(words: list[str]) -> str:
    if not 1 <= len(words) <= GAPS:
        told = gettext(
            "Put 1 to %(most)s words in double square brackets, not %(count)s, such as: TB passes through the [[air]]."
        )
        return told % {"most": GAPS, "count": len(words)}
    for number, word in enumerate(words, 1):
        if not word:
            return gettext("Gap %(number)s has no word between its brackets.") % {"number": number}
    return ""


class Gaps(QuestionType):
    name = "gaps"
    ask = _("Choose a word for each gap.")
    partial = _("Each gap with the right word counts as a part.")
    block = GapsBlock

    def show(self, value, random, *, shuffle=True):
        return {"parts": _parts(value), "words": rows(shuffled(choices(value), random))}

    def key_for(self, item, value):
        if item["parts"] != _parts(value):
            raise OtherWords(value["text"])
        words = choices(value)
        ids = dict(zip(words, ids_of(item["words"], words), strict=True))
        gaps = {str(number): ids[word] for number, word in enumerate(apart(value["text"])[1], 1)}
        return {"gaps": gaps, "said": value.get("feedback") or ""}

    def feedback(self, item, key, response):
        return note_to(key, self.grade(key, response))

    def read(self, item, data, name):
        possible = {word["id"] for word in item["words"]}
        given = {gap: data.get(f"{name}-{gap}") for gap in _gaps(item)}
        return {gap: word for gap, word in given.items() if word in possible} or None

    def is_complete(self, item, response):
        if not isinstance(response, dict) or response.keys() != set(_gaps(item)):
            return False
        possible = [word["id"] for word in item["words"]]
        return all(word in possible for word in response.values())

    def grade(self, key, response):
        return share_of(key["gaps"], response)

    def right_response(self, item, key):
        return key["gaps"]

    def in_words(self, item, response):
        filled = self.context(item, response)["parts"]
        if not any(part.get("chosen") for part in filled):
            return []
        return ["".join(f"“{part['chosen'] or '…'}”" if "gap" in part else part["text"] for part in filled)]

    def context(self, item, response):
        given = response if isinstance(response, dict) else {}
        return {"parts": [_filled(part, item, given) for part in item["parts"]], "gaps": len(_gaps(item))}

    def value_from(self, data):
        text = filled_text({"text": data.get("text")}, "text", "gaps")
        return {"text": text, "extra": texts_in(data, "extra"), "feedback": said_in(data)}


def _parts(value) -> list[dict]:
    """The text in its parts, each gap with its number."""
    between, words = apart(value["text"])
    parts = [{"text": between[0]}]
    for number, text in enumerate(between[1:], 1):
        parts += [{"gap": str(number)}, {"text": text}]
    return [part for part in parts if part.get("text") != ""]


def _gaps(item: dict) -> list[str]:
    return [part["gap"] for part in item["parts"] if "gap" in part]


def _filled(part: dict, item: dict, given: dict) -> dict:
    """A gap with the words to choose from."""
    if "gap" not in part:
        return part
    words = [word | {"chosen": given.get(part["gap"]) == word["id"]} for word in item["words"]]
    return part | {"words": words, "chosen": next((word["text"] for word in words if word["chosen"]), "")}


TYPE = Gaps()
