"""Lines to be put in order. A response is {line's id: its place}, from 1."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock

from ..base import CheckedBlock, QuestionType, doubled, filled_list, ids_of, rows, share_of, shuffled


class OrderingBlock(CheckedBlock):
    items = ListBlock(
        CharBlock(max_length=150, label=_("Line")), min_num=2, max_num=8, label=_("Lines, in the right order")
    )

    class Meta:
        icon = "list-ol"
        label = _("Put in order")

    @classmethod
    def problem(cls, value):
        if len(value["items"]) < 2:
            return gettext("Give at least two lines to put in order.")
        if doubled(value["items"]):
            return gettext("Two lines read the same. Change one of them.")
        return ""


class Ordering(QuestionType):
    name = "ordering"
    ask = _("Give each line its place.")
    block = OrderingBlock

    def show(self, value, random, *, shuffle=True):
        return {"lines": rows(shuffled(value["items"], random))}

    def key_for(self, item, value):
        return {"places": {id_: place for place, id_ in enumerate(ids_of(item["lines"], value["items"]), 1)}}

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
        items = filled_list(data, "items")
        if any(isinstance(item, bool) or not isinstance(item, str | int | float) for item in items):
            raise ValueError("each of «items» must be text (quote a line that holds a colon)")
        return {"items": [str(item).strip() for item in items]}


TYPE = Ordering()
