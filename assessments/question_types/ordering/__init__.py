"""Lines to be put in order. A response is {line's id: its place}, from 1."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock

from ..base import (
    CheckedBlock,
    QuestionType,
    filled_list,
    ids_of,
    list_problem,
    rows,
    said_in,
    share_of,
    shuffled,
    texts_in,
)
from ..notes import note_block, note_to


class OrderingBlock(CheckedBlock):
    items = ListBlock(
        CharBlock(max_length=150, label=_("Line")),
        min_num=2,
        max_num=8,
        label=_("Lines, in the right order"),
        help_text=_("She sees them mixed. Such as: Thank her. · Go with her to the nurse. · Check tomorrow."),
    )
    feedback = note_block()

    class Meta:
        icon = "list-ol"
        label = _("Put in order")

    @classmethod
    def problem(cls, value):
        return list_problem(gettext("Lines"), list(value["items"]), least=2, most=8)


class Ordering(QuestionType):
    name = "ordering"
    ask = _("Give each line its place.")
    partial = _("Each line that stands in its place counts as a part.")
    script = "js/ordering.js"
    block = OrderingBlock

    def show(self, value, random, *, shuffle=True):
        return {"lines": rows(shuffled(value["items"], random))}

    def key_for(self, item, value):
        places = {id_: place for place, id_ in enumerate(ids_of(item["lines"], value["items"]), 1)}
        return {"places": places, "said": value.get("feedback") or ""}

    def feedback(self, item, key, response):
        return note_to(key, self.grade(key, response))

    def read(self, item, data, name):
        given = {line["id"]: data.get(f"{name}-{line['id']}", "") for line in item["lines"]}
        places = {str(place): place for place in range(1, len(item["lines"]) + 1)}
        return {id_: places[text] for id_, text in given.items() if text in places} or None

    def is_complete(self, item, response):
        if not isinstance(response, dict) or response.keys() != {line["id"] for line in item["lines"]}:
            return False
        return all(type(place) is int for place in response.values()) and sorted(response.values()) == list(
            range(1, len(item["lines"]) + 1)
        )

    def grade(self, key, response):
        return share_of(key["places"], response)

    def right_response(self, item, key):
        return key["places"]

    def in_words(self, item, response):
        places = response if isinstance(response, dict) else {}
        numbered = [(places[line["id"]], line["text"]) for line in item["lines"] if type(places.get(line["id"])) is int]
        return [f"{place}. {text}" for place, text in sorted(numbered)]

    def context(self, item, response):
        places = response if isinstance(response, dict) else {}
        numbers = range(1, len(item["lines"]) + 1)
        return {"lines": [line | {"place": places.get(line["id"])} for line in item["lines"]], "numbers": numbers}

    def value_from(self, data):
        filled_list(data, "items")
        return {"items": texts_in(data, "items"), "feedback": said_in(data)}


TYPE = Ordering()
