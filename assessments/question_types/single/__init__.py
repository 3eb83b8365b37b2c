"""One right answer among several."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..base import CheckedBlock, QuestionType, all_or_nothing, doubled, ids_of, rows, shuffled
from ..options import options_block, options_from, right_count, said, said_to, texts


class SingleBlock(CheckedBlock):
    options = options_block()

    class Meta:
        icon = "radio-full"
        label = _("One right answer")

    @classmethod
    def problem(cls, value):
        if len(value["options"]) < 2:
            return gettext("Give at least two answers to choose from.")
        if right_count(value) != 1:
            return gettext("Mark exactly one answer as right; %(count)s are marked.") % {"count": right_count(value)}
        if doubled(texts(value)):
            return gettext("Two answers read the same. Change one of them.")
        return ""


class Single(QuestionType):
    name = "single"
    ask = _("Choose one.")
    block = SingleBlock

    def show(self, value, random, *, shuffle=True):
        return {"options": rows(shuffled(texts(value), random, shuffle=shuffle))}

    def key_for(self, item, value):
        ids = dict(zip(texts(value), ids_of(item["options"], texts(value)), strict=True))
        right = next(option["text"] for option in value["options"] if option["right"])
        return {"right": ids[right]} | said(value, ids)

    def feedback(self, item, key, response):
        return said_to(key, [response])

    def read(self, item, data, name):
        chosen = data.get(name)
        return chosen if self.is_complete(item, chosen) else None

    def is_complete(self, item, response):
        return any(option["id"] == response for option in item["options"])

    def grade(self, key, response):
        return all_or_nothing(response == key["right"])

    def right_response(self, item, key):
        return key["right"]

    def in_words(self, item, response):
        return [option["text"] for option in item["options"] if option["id"] == response]

    def context(self, item, response):
        return {"options": [option | {"chosen": option["id"] == response} for option in item["options"]]}

    def value_from(self, data):
        return options_from(data)


TYPE = Single()
