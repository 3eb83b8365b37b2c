"""What Wagtail's history says of a fact or page: which change, what it means and why, whom it asked."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.log_actions import LogFormatter

from ..models import Change
from . import changes

VERDICT = "curriculum.verdict"
LISTED = "curriculum.review_list"


class ChangeWords(LogFormatter):
    label = gettext_lazy("Change what it says")

    def format_message(self, log_entry):
        must = log_entry.data.get("kind") == Change.Kind.RETRAIN
        words = _("Must retrain: %(reason)s") if must else _("Minor change: %(reason)s")
        return words % {"reason": log_entry.data.get("reason") or "–"}


class AskedWords(LogFormatter):
    label = gettext_lazy("Ask people to learn again")

    def format_message(self, log_entry):
        people = log_entry.data.get("people", 0)
        words = ngettext("%(n)d person asked to learn it again", "%(n)d people asked to learn it again", people)
        return words % {"n": people}


class VerdictWords(LogFormatter):
    label = gettext_lazy("Bring in a verdict")

    def format_message(self, log_entry):
        return _("Verdict of %(clinician)s: %(word)s") % {
            "clinician": log_entry.data.get("clinician", ""),
            "word": log_entry.data.get("word", ""),
        }


def log_actions(actions):
    actions.register_action(changes.LOGGED)(ChangeWords)
    actions.register_action(changes.ASKED)(AskedWords)
    actions.register_action(VERDICT)(VerdictWords)
    actions.register_action(LISTED, _("Take the review list"), _("Review list taken as a file"))
