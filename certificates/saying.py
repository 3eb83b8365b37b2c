"""An answer in words: what the page of a verifier says, and what a scanned page is told by the register."""

from datetime import timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .verification import Answer, State

SPECIMEN = gettext_lazy("This is a specimen. What stands behind it is not yet clinically reviewed.")
REFUSE = gettext_lazy("Do not accept this paper.")


def said(answer: Answer) -> dict:
    """`state`, `when`, `facts` (label, value) and `sentences`. Of an unknown code nothing is said back."""
    return {
        "state": answer.said,
        "when": _("not a certificate") if answer.said == "specimen" else _when(answer),
        "facts": _facts(answer),
        "sentences": list(_sentences(answer)),
    }


def for_scripts() -> dict[str, str]:
    """The words that a phone puts together by itself when it checks without the register."""
    return {
        "wait": _("Checking …"),
        "now": _("Checked just now"),
        "listed": _("Checked offline, list of %(day)s"),
        "offline": _("Checked offline"),
        "old": _("This list is older than a week. Check again with a connection."),
        "unlisted": _("Whether it was withdrawn could not be checked. Check again with a connection."),
        "connect": _("Check again with a connection"),
        "strange": _("Not signed by a key of ours"),
        "valid": _("today, %(day)s"),
        "expired": _("since %(day)s"),
        "replaced": _("ask for the newer one"),
        "not": _("not a certificate"),
        "mark": _("SPECIMEN"),
        "specimen": str(SPECIMEN),
        "refuse": str(REFUSE),
        "programme": _("Programme"),
        "version": _("%(title)s, version %(version)s"),
        "awarded": _("Awarded"),
        "until": _("Valid until"),
        "country": _("Issued in"),
    }


def _when(answer: Answer) -> str:
    day = answer.since and date_format(answer.since, "j F Y")
    match answer.state:
        case State.VALID:
            return _("today, %(day)s") % {"day": day}
        case State.EXPIRED:
            return _("since %(day)s") % {"day": date_format(answer.since + timedelta(days=1), "j F Y")}
        case State.REVOKED:
            return _("on %(day)s") % {"day": day}
        case State.SUPERSEDED:
            return _("ask for the newer one")
        case State.UNKNOWN:
            return _("We did not issue this code, or may not show it")
    return _("A letter or number is wrong, missing or swapped")


def _facts(answer: Answer) -> list[tuple[str, str]]:
    certificate = answer.certificate
    if certificate is None:
        return []
    programme = _("%(title)s, version %(version)s")
    facts = [
        (_("Programme"), programme % {"title": certificate.title, "version": certificate.programme_version}),
        (_("Level"), certificate.level),
        (_("Awarded"), date_format(certificate.awarded_on, "j M Y")),
        (_("Valid until"), date_format(certificate.valid_until, "j M Y")),
        (_("Reason"), answer.reason),
        (_("Issued in"), certificate.country_name),
    ]
    return [(label, str(value)) for label, value in facts if value]


def _sentences(answer: Answer):
    if answer.renewing:
        yield _("A renewal is in progress.")
    if answer.specimen:
        yield str(SPECIMEN)
    if answer.specimen or answer.state == State.REVOKED:
        yield str(REFUSE)
