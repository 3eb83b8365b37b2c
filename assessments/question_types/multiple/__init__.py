"""Several answers of which one or more are right; right only when exactly these are chosen."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..base import CheckedBlock, Grade, QuestionType, doubled, ids_of, rows, shuffled
from ..options import options_block, options_from, right_count, said, said_to, texts


class MultipleBlock(CheckedBlock):
    options = options_block()

    class Meta:
        icon = "tasks"
        label = _("Several right answers")

    @classmethod
    def problem(cls, value):
        if len(value["options"]) < 2:
            return gettext("Give at least two answers to choose from.")
        if not right_count(value):
            return gettext("Mark at least one answer as right.")
        if doubled(texts(value)):
            return gettext("Two answers read the same. Change one of them.")
        return ""


def chosen_ids(response) -> set[str]:
    return {id_ for id_ in response if isinstance(id_, str)} if isinstance(response, list) else set()


class Multiple(QuestionType):
    name = "multiple"
    ask = _("Choose all that are right.")
    block = MultipleBlock

    def show(self, value, random, *, shuffle=True):
        return {"options": rows(shuffled(texts(value), random, shuffle=shuffle))}

    def key_for(self, item, value):
        ids = dict(zip(texts(value), ids_of(item["options"], texts(value)), strict=True))
        right = sorted(ids[option["text"]] for option in value["options"] if option["right"])
        return {"right": right} | said(value, ids)

    def feedback(self, item, key, response):
        return said_to(key, self.right_response(item, {"right": chosen_ids(response)}))

    def read(self, item, data, name):
        given = set(data.getlist(name))
        return [option["id"] for option in item["options"] if option["id"] in given] or None

    def is_complete(self, item, response):
        chosen = chosen_ids(response)
        return bool(chosen) and chosen <= {option["id"] for option in item["options"]}

    def grade(self, key, response):
        right, chosen = set(key["right"]), chosen_ids(response)
        share = max(0, len(chosen & right) - len(chosen - right)) / len(right)
        return Grade(chosen == right, share)

    def right_response(self, item, key):
        return [option["id"] for option in item["options"] if option["id"] in key["right"]]

    def in_words(self, item, response):
        chosen = chosen_ids(response)
        return [option["text"] for option in item["options"] if option["id"] in chosen]

    def context(self, item, response):
        chosen = chosen_ids(response)
        return {"options": [option | {"chosen": option["id"] in chosen} for option in item["options"]]}

    def value_from(self, data):
        return options_from(data)


TYPE = Multiple()
