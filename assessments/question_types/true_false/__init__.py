"""A statement that is true or false."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BooleanBlock, CharBlock

from ..base import CheckedBlock, QuestionType, all_or_nothing, said_in

WORDS = {"true": True, "false": False}


class TrueFalseBlock(CheckedBlock):
    is_true = BooleanBlock(required=False, label=_("The statement is true"))
    said_true = CharBlock(required=False, max_length=200, label=_("What you say to who chose “true”"))
    said_false = CharBlock(required=False, max_length=200, label=_("What you say to who chose “false”"))

    class Meta:
        icon = "check"
        label = _("True or false")

    @classmethod
    def problem(cls, value):
        return ""


class TrueFalse(QuestionType):
    name = "true_false"
    ask = _("True or false?")
    block = TrueFalseBlock

    def show(self, value, random, *, shuffle=True):
        return {}

    def key_for(self, item, value):
        said = {word: value.get(f"said_{word}") for word in WORDS}
        return {"right": bool(value["is_true"]), "said": {word: words for word, words in said.items() if words}}

    def feedback(self, item, key, response):
        said = key.get("said", {}).get(str(response).lower()) if isinstance(response, bool) else None
        return [said] if said else []

    def read(self, item, data, name):
        return WORDS.get(data.get(name))

    def is_complete(self, item, response):
        return isinstance(response, bool)

    def grade(self, key, response):
        return all_or_nothing(response is key["right"])

    def right_response(self, item, key):
        return key["right"]

    def in_words(self, item, response):
        if not isinstance(response, bool):
            return []
        return [gettext("True") if response else gettext("False")]

    def context(self, item, response):
        return {
            "options": [
                {"id": "true", "text": gettext("True"), "chosen": response is True},
                {"id": "false", "text": gettext("False"), "chosen": response is False},
            ]
        }

    def value_from(self, data):
        if not isinstance(data.get("answer"), bool):
            raise ValueError("«answer» must be true or false")
        return {"is_true": data["answer"]} | {f"said_{word}": said_in(data, f"said_{word}") for word in WORDS}


TYPE = TrueFalse()
