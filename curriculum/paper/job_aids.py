"""A module's job aid: what she takes along on one page."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from lms.core.models import Country

from .. import queries
from ..models import ModulePage
from . import cards, press

STYLE = Path(__file__).parent / "style" / "job_aid.css"
SIZES = ("large", "roomy", "easy", "snug", "tight", "tiny")  # classes of job_aid.css, the largest type first


@dataclass(frozen=True)
class JobAid:
    """One module's in the language that is active, for one country."""

    module: ModulePage
    country: Country
    title: str
    cards: list[SafeString]
    sources: list[str]
    standing: queries.Standing
    address: str


def on_paper(module: ModulePage, country: Country) -> JobAid:
    reader = cards.reader_in(country)
    return JobAid(
        module=module,
        country=country,
        title=title_of(module),
        cards=cards.printed(module.job_aid, reader),
        sources=cards.sources(module.job_aid, reader),
        standing=queries.standing(module),
        address=f"{cards.address_of(module)}job-aid/",
    )


def on_screen(module: ModulePage, country: Country) -> JobAid:
    """The same with the cards as a phone shows them."""
    reader = cards.reader_in(country)
    return JobAid(
        module=module,
        country=country,
        title=title_of(module),
        cards=cards.shown(module.job_aid, reader),
        sources=cards.sources(module.job_aid, reader),
        standing=queries.standing(module),
        address="",
    )


def title_of(module: ModulePage) -> str:
    return module.job_aid_title or module.title


def draw(module: ModulePage, country: Country) -> bytes:
    """One A4 page, in the largest type that fits; the smallest where nothing does. Raises press.MissingLibrary."""
    aid = on_paper(module, country)
    said = {"language": get_language(), "drawn_on": timezone.localdate(), "product_name": settings.PRODUCT_NAME}
    for size in SIZES:
        html = render_to_string("curriculum/paper/job_aid.html", {"aid": aid, "size": size} | said)
        pressed = press.press(html, STYLE)
        if pressed.pages == 1:
            break
    return pressed.pdf
