"""One right answer out of two or more. A response is an option's id."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..base import CheckedBlock, Grade, QuestionType, ids_of, rows, shuffled
from ..options import options_block, options_from, options_problem, right_count, said_to, texts, told, weight


class SingleBlock(CheckedBlock):
    options = options_block()

    class Meta:
        icon = "radio-full"
        label = _("One right answer")

    @classmethod
    def problem(cls, value):
        options = value["options"]
        if problem := options_problem(options):
            return problem
        if right_count(options) != 1:
            return gettext("Mark exactly one answer as right; %(count)s are marked.") % {"count": right_count(options)}
        return whole_problem(options)


def whole_problem(options) -> str:
    """The right one is the whole answer; another may be a part of it."""
    for option in options:
        part = weight(option)
        if part is not None and (part == 1) != bool(option["right"]):
            whole = gettext("“%(text)s” is right: its part is 100 per cent, or leave the field empty.")
            less = gettext("“%(text)s” is not right: its part must be less than 100 per cent.")
            return (whole if option["right"] else less) % {"text": option["text"]}
    return ""


class Single(QuestionType):
    name = "single"
    ask = _("Choose one.")
    partial = _("Another answer than the best one may count as a part.")
    block = SingleBlock

    def show(self, value, random, *, shuffle=True):
        return {"options": rows(shuffled(texts(value["options"]), random, shuffle=shuffle))}

    def key_for(self, item, value):
        options = value["options"]
        ids = dict(zip(texts(options), ids_of(item["options"], texts(options)), strict=True))
        right = next(option["text"] for option in options if option["right"])
        return {"right": ids[right]} | told(options, ids)

    def feedback(self, item, key, response):
        return said_to(key, [response])

    def read(self, item, data, name):
        chosen = data.get(name)
        return chosen if self.is_complete(item, chosen) else None

    def is_complete(self, item, response):
        return any(option["id"] == response for option in item["options"])

    def grade(self, key, response):
        if response == key["right"]:
            return Grade(True, 1.0)
        part = key.get("parts", {}).get(response, 0.0) if isinstance(response, str) else 0.0
        return Grade(False, max(0.0, part))

    def right_response(self, item, key):
        return key["right"]

    def in_words(self, item, response):
        return [option["text"] for option in item["options"] if option["id"] == response]

    def context(self, item, response):
        return {"options": [option | {"chosen": option["id"] == response} for option in item["options"]]}

    def value_from(self, data):
        return {"options": options_from(data)}


TYPE = Single()
