"""The rows of a programme as an editor sees them."""

from django.core.exceptions import ValidationError
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from lms.core.models import country_choices

from .rows import Faults, faults

PAGES = ["curriculum.ModulePage", "curriculum.UnitPage"]


class RowValue(blocks.StructValue):
    def is_for(self, country_code: str) -> bool:
        wanted = not self["countries"] or country_code in self["countries"]
        return wanted and country_code not in self["except_countries"]


class RowBlock(blocks.StructBlock):
    """One row of a programme: a whole module, or a single unit."""

    target = blocks.PageChooserBlock(
        page_type=PAGES,
        label=_("Module, lesson, quiz or practical"),
        help_text=_("A module stands for all its lessons and its quiz"),
    )
    required = blocks.BooleanBlock(default=True, required=False, label=_("Required for the certificate"))
    after = blocks.ListBlock(
        blocks.PageChooserBlock(page_type=PAGES, label=_("Done before")),
        default=[],
        label=_("Opens after"),
        help_text=_("Other rows of this programme that come first. None: open from the start."),
    )
    countries = blocks.MultipleChoiceBlock(
        choices=country_choices,
        required=False,
        label=_("Only for these countries"),
        help_text=_("None chosen: for all"),
        widget=CheckboxSelectMultiple,
    )
    except_countries = blocks.MultipleChoiceBlock(
        choices=country_choices,
        required=False,
        label=_("Not for these countries"),
        help_text=_("Such as Lesotho for malaria"),
        widget=CheckboxSelectMultiple,
    )

    class Meta:
        icon = "list-ol"
        label = _("Row")
        label_format = "{target}"
        value_class = RowValue


class RowsBlock(blocks.StreamBlock):
    """All rows of a programme, checked against each other."""

    row = RowBlock()

    class Meta:
        collapsed = True

    def clean(self, value):
        value = super().clean(value)
        found = faults([(child.value["target"], list(child.value["after"])) for child in value])
        if found:
            raise blocks.StreamBlockValidationError(block_errors={n: _error(words) for n, words in found.items()})
        return value


def _error(found: Faults) -> blocks.StructBlockValidationError:
    return blocks.StructBlockValidationError({name: ValidationError(words) for name, words in found.items()})


class FirstBlock(blocks.StructBlock):
    """A programme that comes before this one, and how much of it."""

    programme = blocks.PageChooserBlock(page_type="curriculum.ProgrammePage", label=_("Programme"))
    how_far = blocks.ChoiceBlock(
        choices=[("completed", _("Completed, and still in date")), ("theory", _("Its lessons and quizzes are done"))],
        default="completed",
        label=_("How far"),
    )

    class Meta:
        icon = "list-ol"
        label = _("Programme")
        label_format = "{programme}"


class FirstsBlock(blocks.StreamBlock):
    """What she has done before she is enrolled."""

    first = FirstBlock()
