"""Why a certificate cannot be renewed, in words for staff. Pure: what they rest on was asked before."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .windows import Phase, Window


def out_of_window(window: Window, today: date) -> str:
    """Empty while it may be renewed."""
    match window.phase(today):
        case Phase.NOT_YET:
            return _("Can be renewed from %(day)s.") % {"day": date_format(window.opens_on, "j M Y")}
        case Phase.OVER:
            words = _("Its grace was over on %(day)s: enrol her in the whole programme.")
            return words % {"day": date_format(window.grace_until, "j M Y")}
    return ""


def not_renewable() -> str:
    return _("No certificate that can be renewed.")


def open_already() -> str:
    return _("Her renewal is open already.")


def elsewhere() -> str:
    return _("It was awarded in another country: enrol her in the programme here.")
