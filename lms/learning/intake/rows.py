"""One row of a sheet becomes a recruit, or sentences about what is wrong with it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from lms.core.models import Country
from lms.core.sheets import RawRow, normalise
from lms.people.models import Site

from . import values, words
from .columns import COLUMNS, LABELS, REQUIRED
from .values import NotUnderstood, Understood

LONGEST = {"given_names": 80, "family_name": 60, "email": 254, "hr_number": 30, "job": 60}
PLAIN = Understood("")


@dataclass
class Reading:
    """`recruit`: our keys and their values, where nothing is wrong. Errors and notices are (heading, sentence)."""

    recruit: dict[str, Any] | None = None
    errors: list[tuple[str, str]] = field(default_factory=list)
    notices: list[tuple[str, str]] = field(default_factory=list)


class Places:
    """The sites where the sender may take in, by code and by name; a name that two sites share finds neither."""

    def __init__(self, sites: list[Site]):
        self._by_code = {site.code.casefold(): site for site in sites}
        shared = Counter(normalise(site.name) for site in sites)
        named = {normalise(site.name): site for site in sites}
        self._by_name = {key: site for key, site in named.items() if key and shared[key] == 1}

    def find(self, text: str) -> Site | None:
        return self._by_code.get(text.casefold()) or self._by_name.get(normalise(text))


class RowReader:
    """Reads rows of one intake: `site` stands where a row names none."""

    def __init__(self, country: Country, site: Site, places: Places):
        self.country, self.site, self.places = country, site, places
        self.parsers: dict[str, Callable[[str], Any]] = {
            "given_names": values.name,
            "family_name": values.name,
            "site": self._site,
            "phone": lambda text: values.phone(text, country.code, country.dialling_code),
            "language": self._language,
            "sex": _sex,
            "birth_year": values.birth_year,
            "email": _email,
            "starts_on": values.start_date,
        }

    def read(self, raw: RawRow) -> Reading:
        found, recruit = Reading(), self._bare()
        if raw.spilled:
            found.errors.append(("", _("More cells than headings. Is there a separator inside a name?")))
        for column in COLUMNS:
            try:
                understood = self._understood(column.key, values.tidy(raw.values.get(column.key, "")))
            except NotUnderstood as problem:
                found.errors.append((str(LABELS[column.key]), str(problem)))
                continue
            if understood.value != "":
                recruit[column.key] = understood.value
            if understood.notice:
                found.notices.append((str(LABELS[column.key]), understood.notice))
        found.recruit = None if found.errors else recruit
        return found

    def _bare(self) -> dict[str, Any]:
        recruit: dict[str, Any] = {column.key: "" for column in COLUMNS}
        return recruit | {"site": self.site, "language": self._first_language, "birth_year": None, "starts_on": None}

    def _understood(self, key: str, text: str) -> Understood:
        if not text:
            if key in REQUIRED:
                raise NotUnderstood(_("The cell is empty."))
            return PLAIN
        values.check_formula(key, text)
        if len(text) > LONGEST.get(key, 120):
            raise NotUnderstood(_("Longer than %(count)d letters.") % {"count": LONGEST.get(key, 120)})
        value = self.parsers[key](text) if key in self.parsers else text
        return value if isinstance(value, Understood) else Understood(value)

    @property
    def _first_language(self) -> str:
        offered = dict(settings.LANGUAGES)
        return next((code for code in self.country.languages if code in offered), settings.LANGUAGE_CODE)

    def _site(self, text: str) -> Site:
        if site := self.places.find(text):
            return site
        raise NotUnderstood(_("«%(code)s» is not a site where you take in recruits.") % {"code": text[:40]})

    def _language(self, text: str) -> str:
        if code := words.languages().get(normalise(text)):
            return code
        names = ", ".join(code for code, _label in settings.LANGUAGES)
        raise NotUnderstood(_("Not a language of this site. Use one of: %(codes)s.") % {"codes": names})


def _sex(text: str) -> str:
    if code := words.SEXES.get(normalise(text)):
        return code
    raise NotUnderstood(_("Use f or m, or leave it empty."))


def _email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError as error:
        raise NotUnderstood(_("Not an e-mail address.")) from error
    return text
