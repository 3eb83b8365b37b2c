"""What is said of a checked row."""

from django.utils.translation import gettext_lazy as _

from ..verification import State

SPECIMEN = "specimen"
STATES = {state.value: state.label for state in State} | {SPECIMEN: _("Specimen")}
NAMES = {
    "matches": _("Name matches"),
    "differs": _("Name does not match"),
    "not_kept": _("Name is not kept any more"),
    "not_compared": _("Name not compared: another country’s"),
}
NUMBERS = {"matches": _("Staff number matches"), "differs": _("Staff number does not match")}


def is_wrong(answer: dict) -> bool:
    """Whether somebody has to look at it: not valid, or valid and another’s."""
    differs = "differs" in (answer.get("name"), answer.get("number"))
    return answer["state"] != State.VALID.value or differs
