"""Our deeds in a page's history, in words."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter


class Withdrawn(LogFormatter):
    label = gettext_lazy("Withdraw")

    def format_message(self, log_entry):
        return _("Withdrawn from learners: “%(reason)s”") % {"reason": log_entry.data.get("reason", "")}


class Lifted(LogFormatter):
    label = gettext_lazy("Give back")

    def format_message(self, log_entry):
        return _("Given back to learners")


class Reviewed(LogFormatter):
    label = gettext_lazy("Clinical review")

    def format_message(self, log_entry):
        until = date_format(date.fromisoformat(log_entry.data["due_on"]))
        words = _("Clinically reviewed, until %(until)s") % {"until": until}
        comment = log_entry.data.get("comment")
        return f"{words}: “{comment}”" if comment else words


class Confirmed(LogFormatter):
    label = gettext_lazy("Confirm texts")

    def format_message(self, log_entry):
        return _("Texts of a machine read and confirmed: %(count)s") % {"count": log_entry.data.get("count", "")}


def log_actions(actions) -> None:
    for name, formatter in {
        "curriculum.withdraw": Withdrawn,
        "curriculum.lift": Lifted,
        "curriculum.review": Reviewed,
        "curriculum.confirm_texts": Confirmed,
    }.items():
        actions.register_action(name)(formatter)
