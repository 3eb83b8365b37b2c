"""Several answers of which one or more are right; right only when exactly these are chosen."""

from django.utils.translation import gettext_lazy as _

from ..base import CheckedBlock
from ..options import Several, options_block, options_from, options_problem, weights_problem


class MultipleBlock(CheckedBlock):
    options = options_block()

    class Meta:
        icon = "tasks"
        label = _("Several right answers")

    @classmethod
    def problem(cls, value):
        return options_problem(value["options"]) or weights_problem(value["options"])


class Multiple(Several):
    name = "multiple"
    ask = _("Choose all that are right.")
    block = MultipleBlock

    def value_from(self, data):
        return {"options": options_from(data)}


TYPE = Multiple()
