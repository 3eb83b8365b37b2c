"""Slips on paper: eight a page to cut apart, each in the language of its person."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from curriculum.paper import press
from lms.core import squares
from lms.people.models import User
from lms.people.services import CODE_LIFETIME
from lms.people.slips import Slip

STYLE = Path(__file__).parent / "slips.css"
A_PAGE = 8
SIDE = 22  # mm


@dataclass(frozen=True)
class Printed:
    """A slip as it is drawn. `name` is empty where the faces lack a letter of it: it is written by hand."""

    person: User
    code: str
    name: str
    square: SafeString


def draw_sheets(slips: list[Slip]) -> bytes:
    """The PDF. Nothing is kept. Raises press.MissingLibrary."""
    printed = [_printed(slip) for slip in slips]
    context = {
        "pages": [printed[start : start + A_PAGE] for start in range(0, len(printed), A_PAGE)],
        "use_before": timezone.localdate() + CODE_LIFETIME,
        "address": settings.BASE_URL.split("://")[-1],
        "product_name": settings.PRODUCT_NAME,
    }
    return press.press(render_to_string("learning/intake/slips_pdf.html", context), STYLE).pdf


def sign_in_address(person: User) -> str:
    """The door in her language, her number in the fragment: a browser reads it, and sends it to nobody."""
    with translation.override(person.language):
        return f"{settings.BASE_URL}{reverse('people:sign-in')}?with=code#{person.staff_number}"


def _printed(slip: Slip) -> Printed:
    name = slip.person.get_full_name()
    with translation.override(slip.person.language):
        square = squares.svg(sign_in_address(slip.person), SIDE, _("Opens the page to sign in"))
    return Printed(slip.person, slip.code, name if press.settable(name) == name else "", square)
