"""What a certificate says in its own language: the words of its design where it has some, else the shipped ones."""

from datetime import date

from django.utils import translation
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..award import snapshots


def words(snapshot: dict) -> dict[str, str]:
    """Call it in the certificate's language."""
    return _shipped(snapshot) | {name: said for name, said in snapshot["design"].get("words", {}).items() if said}


def _shipped(snapshot: dict) -> dict[str, str]:
    programme, count = snapshot["programme"], len(snapshots.statements(snapshot))
    named = _("Programme %(code)s, version %(version)s.") % {"code": programme["code"], "version": programme["version"]}
    turn = ngettext(
        "One observed competency is listed on page 2.", "%(number)s observed competencies are listed on page 2.", count
    )
    return {
        "heading": _("Certificate"),
        "formula": _("This is to certify that"),
        "sentence": _("has completed the programme, passed its tests, and shown its skills at work"),
        "small_print": _("States knowledge and observed skills. Not a licence to practise."),
        "programme": f"{named} {programme['level']}." if programme["level"] else named,
        "turn": turn % {"number": count},
        "awarded": _("Awarded"),
        "until": _("Valid until"),
        "awarded_on": day(snapshots.day(snapshot["awarded_on"])),
        "valid_until": day(snapshots.day(snapshot["valid_until"])),
        "ask": _("Scan, or type the code at"),
        "specimen": _("Specimen – not a certificate"),
        "unreviewed": _("Its lessons are not yet clinically reviewed."),
        "across": _("SPECIMEN"),
        "competencies": _("Observed competencies"),
        "document": _("Certificate"),
    }


def day(on: date) -> str:
    """«14 November 2026», «14 de novembro de 2026», «1er décembre 2026»."""
    month = str(MONTHS[on.month])
    match translation.get_language():
        case "pt":
            return f"{on.day} de {month.lower()} de {on.year}"
        case "fr":
            return f"{'1er' if on.day == 1 else on.day} {month} {on.year}"
    return f"{on.day} {month} {on.year}"
