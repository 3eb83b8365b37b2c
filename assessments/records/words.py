"""The words that a record's page and PDF say for its values, in the language that is active."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from ..models import Layout, Purpose, Regrade, Remark
from ..question_types import get

# What the parts of the frozen items are to a reader; a part without a word stands for itself.
PARTS = {
    "options": gettext_lazy("To choose from"),
    "pictures": gettext_lazy("Pictures to choose from"),
    "prompts": gettext_lazy("To be matched"),
    "choices": gettext_lazy("With"),
    "lines": gettext_lazy("To be put in order"),
    "unit": gettext_lazy("Unit"),
    "parts": gettext_lazy("Text with gaps"),
    "words": gettext_lazy("Words to choose from"),
}


def moment(text: str | None) -> str:
    """To the second: in a dispute they count."""
    return date_format(timezone.localtime(datetime.fromisoformat(text)), "j M Y, H:i:s T") if text else ""


def head(record: dict) -> list[tuple[str, str]]:
    attempt, quiz = record["attempt"], record["attempt"]["quiz"]
    revision = (
        _("revision %(number)s") % {"number": quiz["revision"]} if quiz["revision"] else _("revision not recorded")
    )
    programmes = ", ".join(_("%(code)s, cycle %(cycle)s") % row for row in attempt["programmes"])
    return [
        (_("Person"), f"{attempt['name']} · {attempt['staff_number']}"),
        (_("Quiz"), f"{quiz['title']} · {revision}"),
        (_("Purpose"), str(Purpose(attempt["purpose"]).label)),
        (_("Programme"), programmes or _("not enrolled in one that asks for it")),
        (_("Try"), _("%(number)s, in cycle %(cycle)s") % {"number": attempt["try"], "cycle": attempt["cycle"]}),
        (_("Language and country"), f"{get_language_info(attempt['language'])['name_local']} · {attempt['country']}"),
        (_("Attempt"), attempt["id"]),
    ]


def rules(record: dict) -> list[tuple[str, str]]:
    held = record["rules"]
    needed = {"needed": held["right_to_pass"], "of": held["questions"], "mark": held["pass_mark"]}
    limit = {"minutes": held["minutes"], "grace": held["grace_minutes"]}
    return [
        (
            _("To pass"),
            _("%(needed)s of %(of)s right (%(mark)s %%)") % needed
            if held["right_to_pass"]
            else _("no pass and no fail"),
        ),
        (_("Tries"), str(held["tries"] or _("not limited, or not recorded"))),
        (_("Time limit"), _("%(minutes)s minutes, and %(grace)s of grace") % limit if held["minutes"] else _("none")),
        (
            _("Parts of an answer"),
            _("count") if held["partial_credit"] else _("do not count: a question is right only as a whole"),
        ),
        (_("Layout"), str(Layout(held["layout"]).label)),
    ]


def times(record: dict) -> list[tuple[str, str]]:
    at = record["times"]
    by_clock = f" ({_('by the clock: the time was over')})" if at["by_clock"] else ""
    rows = [
        (_("Started"), moment(at["started"])),
        (_("Deadline"), moment(at["deadline"])),
        (_("Handed in"), moment(at["handed_in"]) + by_clock),
        (_("Passed"), moment(at["passed"])),
        (_("Complete"), moment(at["complete"])),
    ]
    return [(name, value or "–") for name, value in rows]


def result(record: dict) -> str:
    found = record["result"]
    if not record["times"]["handed_in"]:
        return _("Not handed in.")
    if found["score"] is None:
        return _("Handed in. What was right is not shown yet.")
    score = _("%(score)s of %(of)s right.") % {"score": found["score"], "of": found["of"]}
    if record["rules"]["right_to_pass"] is None:
        return score
    if found["complete"]:
        return f"{score} {_('Passed.')}"
    return f"{score} {_('Passed, safety questions to put right.') if found['passed'] else _('Not yet passed.')}"


def question(row: dict) -> dict:
    """A question as it is printed."""
    answers = [answer | {"at": moment(answer["at"]), "state": _state(answer)} for answer in row["answers"]]
    shown = [{"name": PARTS.get(part["part"], part["part"]), "lines": part["lines"]} for part in row["shown"]]
    changed = "key_now" in row and row["key_now"]["key"] != row["key_at_hand_in"]["key"]
    return row | {"type_name": get(row["type"]).block().label, "parts": shown, "answers": answers, "changed": changed}


def regrade(row: dict) -> dict:
    effect = Remark.Effect(row["effect"]).label if row["effect"] else ""
    named = {"verdict": Regrade.Verdict(row["verdict"]).label, "effect": effect}
    return row | {"at": moment(row["at"])} | named


def context(record: dict) -> dict:
    """What the record's template needs."""
    return {
        "record": record,
        "head": head(record),
        "rules": rules(record),
        "times": times(record),
        "result": result(record),
        "questions": [question(row) for row in record["questions"]],
        "extra_tries": [extra | {"at": moment(extra["at"])} for extra in record["extra_tries"]],
        "regrades": [regrade(row) for row in record["regrades"]],
    }


def _state(answer: dict) -> str:
    if answer["put_right"]:
        return _("put right: right") if answer["right"] else _("put right: not this time")
    return _("counted") if answer["counted"] else _("changed later")
