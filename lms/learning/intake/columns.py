"""The columns an intake knows, and how a heading finds its column."""

import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Column:
    key: str
    label: str
    example: str = ""
    required: bool = False
    aliases: tuple[str, ...] = ()

    @property
    def headings(self) -> set[str]:
        """Every heading that means this column, in the language of the request and in English."""
        return {normalise(text) for text in (self.key.replace("_", " "), str(self.label), *self.aliases)}


COLUMNS = (
    Column("given_names", _("given names"), "Grace Wanjiru", True, ("given name", "first name", "first names")),
    Column("family_name", _("family name"), "Otieno", True, ("surname", "last name")),
    Column("site", _("site code"), "", aliases=("site code",)),
    Column("phone", _("phone"), "", aliases=("phone number", "telephone", "mobile")),
    Column("language", _("language"), "en"),
    Column("sex", _("sex"), "f", aliases=("gender",)),
    Column("birth_year", _("birth year"), "1994", aliases=("year of birth",)),
    Column("email", _("e-mail"), "", aliases=("e-mail", "e-mail address")),
    Column("hr_number", _("HR number"), "HR-0001", aliases=("employee number",)),
    Column("job", _("job"), "", aliases=("position",)),
)


def normalise(heading: str) -> str:
    """Case, accents, spaces and punctuation do not matter in a heading."""
    plain = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "", plain.lower())


def column_for(heading: str) -> Column | None:
    wanted = normalise(heading)
    return next((column for column in COLUMNS if wanted in column.headings), None)
