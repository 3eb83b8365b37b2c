"""What choosing has in common: options with a text, of which some are right. Each may say and count something."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BooleanBlock, CharBlock, DecimalBlock, ListBlock, StructBlock

from .base import (
    Grade,
    QuestionType,
    filled_list,
    filled_text,
    ids_of,
    list_problem,
    number_in,
    rows,
    said_in,
    shuffled,
)

MOST = 8
ROUNDED = 1  # Moodle writes a third as 33.333 per cent: so far parts may be from a hundred


def right_block() -> BooleanBlock:
    return BooleanBlock(required=False, label=_("Right"))


def said_block() -> CharBlock:
    return CharBlock(
        required=False,
        max_length=200,
        label=_("What you say to it"),
        help_text=_("Shown once the key may be shown. Such as: Cups do not pass TB. The air does."),
    )


def share_block() -> DecimalBlock:
    """Of an answer that is expected beside the right one."""
    return DecimalBlock(
        default=0,
        min_value=0,
        max_value=100,
        label=_("Counts, per cent"),
        help_text=_("0: wrong. 50: half right, where a quiz counts parts of an answer. 100: right too"),
    )


def weight_block() -> DecimalBlock:
    return DecimalBlock(
        required=False,
        min_value=-100,
        max_value=100,
        label=_("Its part, per cent"),
        help_text=_("Only where a quiz counts parts of an answer. Empty: equal parts. A wrong one may take away: -50"),
    )


class OptionBlock(StructBlock):
    text = CharBlock(max_length=150, label=_("Answer"))
    right = right_block()
    feedback = said_block()
    weight = weight_block()

    class Meta:
        icon = "circle-check"
        label = _("Answer")


def options_block() -> ListBlock:
    return ListBlock(OptionBlock(), min_num=2, max_num=MOST, label=_("Answers"))


def texts(options: list) -> list[str]:
    return [option["text"] for option in options]


def right_count(options: list) -> int:
    return sum(bool(option["right"]) for option in options)


def weight(option) -> float | None:
    """What its author lets an option count, as a share; None: an equal part."""
    given = option.get("weight")
    return None if given is None or given == "" else float(Decimal(given)) / 100


def options_problem(options: list) -> str:
    """What is wrong with the list as such: how many, empty, doubled, no right one."""
    if problem := list_problem(gettext("Answers"), texts(options), least=2, most=MOST):
        return problem
    return "" if right_count(options) else gettext("No answer is marked as right. Mark one.")


def weights_problem(options: list) -> str:
    """Parts of the right ones must be more than nothing and come to a whole; wrong ones add nothing."""
    for option in options:
        part = weight(option)
        if part is not None and (part > 0) != bool(option["right"]):
            more = gettext("“%(text)s” is right: its part must be more than 0 per cent.")
            none = gettext("“%(text)s” is not right: its part must be 0 per cent or less.")
            return (more if option["right"] else none) % {"text": option["text"]}
    whole = 100 * sum(part for id_, part in parts(options, {text: text for text in texts(options)}).items() if part > 0)
    if whole and abs(whole - 100) > ROUNDED:
        words = gettext("The parts of the right answers come to %(whole)s per cent. Together they must be 100.")
        return words % {"whole": round(whole)}
    return ""


def parts(options: list, ids: dict[str, str]) -> dict[str, float]:
    """What each option adds or takes, by id, where an author said it for any; otherwise empty: equal parts."""
    if all(weight(option) is None for option in options):
        return {}
    equal = 1 / right_count(options)
    given = {ids[option["text"]]: (weight(option), option["right"]) for option in options}
    return {id_: part if part is not None else equal if right else -equal for id_, (part, right) in given.items()}


def told(options: list, ids: dict[str, str]) -> dict:
    """The parts of a key beside what is right: what is said to each answer, what each adds or takes."""
    said = {ids[option["text"]]: option["feedback"] for option in options if option.get("feedback")}
    weighed = parts(options, ids)
    return {"said": said} | ({"parts": weighed} if weighed else {})


def said_to(key: dict, chosen: list) -> list[str]:
    words = key.get("said", {})
    return [words[id_] for id_ in chosen if isinstance(id_, str) and id_ in words]


def options_from(data: dict, part: str = "options") -> list[dict]:
    return [_option(row, part) for row in filled_list(data, part)]


def _option(row, part: str) -> dict:
    text = filled_text(row, "text", part)
    if not isinstance(row.get("right", False), bool):
        raise ValueError(f"«right» of “{text}” must be true or false")
    weighed = {"weight": number_in(row, "weight")} if row.get("weight") is not None else {}
    return {"text": text, "right": row.get("right", False), "feedback": said_in(row)} | weighed


def chosen_ids(response: Any) -> set[str]:
    """What a response chooses; nothing where it is no list of different ids."""
    if not isinstance(response, list) or not all(isinstance(id_, str) for id_ in response):
        return set()
    return set(response) if len(set(response)) == len(response) else set()


class Several(QuestionType):
    """A response is a list of options' ids. Right only when exactly the right ones are chosen.

    Its share: each right one adds its part, each other takes its part away, never below 0. As long as the author
    weighs nothing, every part is one of as many as there are right ones.
    """

    part = "options"  # where value and item hold what can be chosen
    partial = _("Each right answer adds a part. Each wrong one takes a part away, never below 0.")

    def show(self, value, random, *, shuffle=True):
        return {self.part: rows(shuffled(texts(value[self.part]), random, shuffle=shuffle))}

    def key_for(self, item, value):
        options = value[self.part]
        ids = dict(zip(texts(options), ids_of(item[self.part], texts(options)), strict=True))
        return {"right": sorted(ids[option["text"]] for option in options if option["right"])} | told(options, ids)

    def feedback(self, item, key, response):
        return said_to(key, self._chosen(item, chosen_ids(response)))

    def read(self, item, data, name):
        return self._chosen(item, data.getlist(name)) or None

    def is_complete(self, item, response):
        chosen = chosen_ids(response)
        return bool(chosen) and chosen <= {option["id"] for option in item[self.part]}

    def grade(self, key, response):
        right, chosen = set(key["right"]), chosen_ids(response)
        if chosen == right:
            return Grade(True, 1.0)
        equal = {id_: 1 / len(right) for id_ in right}
        weighed = key.get("parts") or equal
        share = sum(weighed.get(id_, -1 / len(right)) for id_ in chosen)
        return Grade(False, min(1.0, max(0.0, share)))

    def right_response(self, item, key):
        return self._chosen(item, key["right"])

    def in_words(self, item, response):
        chosen = chosen_ids(response)
        return [option["text"] for option in item[self.part] if option["id"] in chosen]

    def context(self, item, response):
        chosen = chosen_ids(response)
        return {"options": [option | {"chosen": option["id"] in chosen} for option in item[self.part]]}

    def _chosen(self, item: dict, ids) -> list[str]:
        """These ids as the item orders them."""
        return [option["id"] for option in item[self.part] if option["id"] in ids]
