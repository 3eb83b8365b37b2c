"""What belongs to what. Two prompts may share a choice. A response is {prompt's id: choice's id}."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock

from ..base import (
    CheckedBlock,
    QuestionType,
    filled_list,
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


class PairBlock(StructBlock):
    prompt = CharBlock(max_length=150, label=_("This"))
    choice = CharBlock(max_length=80, label=_("belongs to"))

    class Meta:
        icon = "link"
        label = _("Pair")


class MatchingBlock(CheckedBlock):
    pairs = ListBlock(
        PairBlock(),
        min_num=2,
        max_num=8,
        label=_("Pairs"),
        help_text=_("Such as: “No symptoms” belongs to “TB infection”. Two pairs may share a choice."),
    )
    extra = ListBlock(
        CharBlock(max_length=80, label=_("Choice")),
        default=[],
        max_num=4,
        label=_("More choices"),
        help_text=_("They belong to none: nobody finds the last pair by leaving it over"),
    )
    feedback = note_block()

    class Meta:
        icon = "link"
        label = _("Match")

    @classmethod
    def problem(cls, value):
        prompts, choices = columns(value)
        apart = list(dict.fromkeys(choices)) + extra(value)
        return list_problem(gettext("Pairs"), prompts, least=2, most=8) or list_problem(
            gettext("Different choices"), apart, least=2, most=12, longest=80
        )


def columns(value) -> tuple[list[str], list[str]]:
    return [pair["prompt"] for pair in value["pairs"]], [pair["choice"] for pair in value["pairs"]]


def extra(value) -> list[str]:
    return list(value.get("extra") or [])


class Matching(QuestionType):
    name = "matching"
    ask = _("Choose one for each.")
    partial = _("Each right pair counts as a part.")
    block = MatchingBlock

    def show(self, value, random, *, shuffle=True):
        prompts, choices = columns(value)
        return {
            "prompts": rows(shuffled(prompts, random)),
            "choices": rows(shuffled(choices + extra(value), random)),
        }

    def key_for(self, item, value):
        prompts, choices = columns(value)
        ids = ids_of(item["choices"], choices + extra(value))
        pairs = dict(zip(ids_of(item["prompts"], prompts), ids, strict=False))
        return {"pairs": pairs, "said": value.get("feedback") or ""}

    def feedback(self, item, key, response):
        return note_to(key, self.grade(key, response))

    def read(self, item, data, name):
        given = {prompt["id"]: data.get(f"{name}-{prompt['id']}") for prompt in item["prompts"]}
        possible = {choice["id"] for choice in item["choices"]}
        return {prompt: choice for prompt, choice in given.items() if choice in possible} or None

    def is_complete(self, item, response):
        if not isinstance(response, dict) or response.keys() != {prompt["id"] for prompt in item["prompts"]}:
            return False
        possible = [choice["id"] for choice in item["choices"]]
        return all(choice in possible for choice in response.values())

    def grade(self, key, response):
        return share_of(key["pairs"], response)

    def right_response(self, item, key):
        return key["pairs"]

    def in_words(self, item, response):
        chosen = response if isinstance(response, dict) else {}
        return [
            f"{prompt['text']}: {choice['text']}"
            for prompt in item["prompts"]
            for choice in item["choices"]
            if chosen.get(prompt["id"]) == choice["id"]
        ]

    def context(self, item, response):
        chosen = response if isinstance(response, dict) else {}
        return {
            "prompts": [
                prompt | {"choices": [c | {"chosen": chosen.get(prompt["id"]) == c["id"]} for c in item["choices"]]}
                for prompt in item["prompts"]
            ]
        }

    def value_from(self, data):
        pairs = [
            {"prompt": filled_text(row, "prompt", "pairs"), "choice": filled_text(row, "choice", "pairs")}
            for row in filled_list(data, "pairs")
        ]
        return {"pairs": pairs, "extra": texts_in(data, "extra"), "feedback": said_in(data)}


TYPE = Matching()
