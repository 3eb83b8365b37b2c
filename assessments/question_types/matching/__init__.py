"""What belongs to what. Two prompts may share a choice. A response is {prompt's id: choice's id}."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock

from ..base import CheckedBlock, QuestionType, doubled, filled_list, filled_text, ids_of, rows, share_of, shuffled


class PairBlock(StructBlock):
    prompt = CharBlock(max_length=150, label=_("This"))
    choice = CharBlock(max_length=80, label=_("belongs to"))

    class Meta:
        icon = "link"
        label = _("Pair")


class MatchingBlock(CheckedBlock):
    pairs = ListBlock(PairBlock(), min_num=2, max_num=8, label=_("Pairs"))

    class Meta:
        icon = "link"
        label = _("Match")

    @classmethod
    def problem(cls, value):
        prompts, choices = columns(value)
        if doubled(prompts):
            return gettext("Two pairs begin with the same words. Change one of them.")
        if len(set(choices)) < 2:
            return gettext("Give at least two different choices.")
        return ""


def columns(value) -> tuple[list[str], list[str]]:
    return [pair["prompt"] for pair in value["pairs"]], [pair["choice"] for pair in value["pairs"]]


class Matching(QuestionType):
    name = "matching"
    ask = _("Choose one for each.")
    block = MatchingBlock

    def show(self, value, random, *, shuffle=True):
        prompts, choices = columns(value)
        return {"prompts": rows(shuffled(prompts, random)), "choices": rows(shuffled(choices, random))}

    def key_for(self, item, value):
        prompts, choices = columns(value)
        pairs = zip(ids_of(item["prompts"], prompts), ids_of(item["choices"], choices), strict=True)
        return {"pairs": dict(pairs)}

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
        return {
            "pairs": [
                {"prompt": filled_text(row, "prompt", "pairs"), "choice": filled_text(row, "choice", "pairs")}
                for row in filled_list(data, "pairs")
            ]
        }


TYPE = Matching()
