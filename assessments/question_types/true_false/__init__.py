"""A statement that is true or false."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BooleanBlock

from ..base import CheckedBlock, QuestionType, all_or_nothing

WORDS = {"true": True, "false": False}


class TrueFalseBlock(CheckedBlock):
    is_true = BooleanBlock(required=False, label=_("The statement is true"))

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
        return {"right": bool(value["is_true"])}

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
        return {"is_true": data["answer"]}


TYPE = TrueFalse()
