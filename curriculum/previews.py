"""As whom an author previews a lesson: of which country, in which language, new to it or half-way through it.

Wagtail knows one list of modes. A mode is written «KE», «KE~half», «KE.sw» or «.fr»: country, language of a
translation, how far she is; no slash, for wagtail-localize puts a mode into an address.
The empty mode shows the cards of every country and nobody's progress.
"""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Page

from lms.core.models import Country

HALF = "half"


@dataclass(frozen=True)
class Mode:
    country: str = ""
    language: str = ""
    is_half_way: bool = False

    @classmethod
    def read(cls, name: str) -> "Mode":
        reader, _sign, state = name.partition("~")
        country, _dot, language = reader.partition(".")
        return cls(country, language, state == HALF)

    @property
    def name(self) -> str:
        language = f".{self.language}" if self.language else ""
        return f"{self.country}{language}{'~' + HALF if self.is_half_way else ''}"

    def place(self, cards: int) -> int | None:
        """The number of the card she is at; None where nobody reads."""
        if not self.country or not cards:
            return None
        return cards // 2 + 1 if self.is_half_way else 1


def modes(page: Page) -> list[tuple[str, str]]:
    """The modes of a lesson with their labels: its own language first, then each language it is translated into."""
    countries = list(Country.objects.all())
    found = _in_language("", "", countries)
    for language, label in _translations(page):
        found += _in_language(language, label, [one for one in countries if language in one.languages])
    return found


def reader(request: HttpRequest) -> tuple[Mode, Country | None]:
    """As whom this request previews; an unknown country is nobody's."""
    mode = Mode.read(getattr(request, "preview_mode", "") or "")
    return mode, Country.objects.filter(pk=mode.country).first() if mode.country else None


def _in_language(language: str, label: str, countries: list[Country]) -> list[tuple[str, str]]:
    after = f" · {label}" if label else ""
    found = [(Mode("", language).name, _("The cards of every country") + after)]
    for country in countries:
        found.append((Mode(country.code, language).name, country.name + after))
        half_way = _("%(reader)s, half-way") % {"reader": country.name + after}
        found.append((Mode(country.code, language, True).name, half_way))
    return found


def _translations(page: Page) -> list[tuple[str, str]]:
    """Code and name of each language in which this page was written, too. One query."""
    others = type(page).objects.filter(translation_key=page.translation_key, alias_of=None).exclude(pk=page.pk)
    locales = [other.locale for other in others.select_related("locale").order_by("locale__language_code")]
    return [(locale.language_code, locale.get_display_name()) for locale in locales]
