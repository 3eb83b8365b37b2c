"""The steps, each a question to what exists. About twenty queries in all, however large the country is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import ModelLogEntry

from certificates.models import CertificatePolicy
from curriculum.country_keys import CountryKey
from curriculum.models import CountryValue, ProgrammePage
from lms.core.models import Country
from lms.learning.models import Cohort, Intake
from lms.people.models import ConsentText, Posting, Role, Site

LEADS = (Role.LEAD,)
WRITERS = (Role.TRAINER, Role.REVIEWER)
ADMINISTRATORS = (Role.ADMINISTRATOR,)


@dataclass(frozen=True)
class Step:
    """`found` says in a few words what is there; `url` is where one does it.

    `roles`: who may open that address; empty: all who set up.
    """

    label: str
    done: bool
    found: str
    url: str
    roles: tuple[Role, ...] = ()


def steps_of(country: Country) -> list[Step]:
    programmes = _programmes(country)
    return [*_settings(country), *_places_and_people(country), *_content(country, programmes), *_start(country)]


def _settings(country: Country) -> Iterator[Step]:
    url = reverse("staff_countries:edit", args=[country.pk])
    names = dict(settings.LANGUAGES)
    spoken = ", ".join(str(names.get(code, code)) for code in country.languages)
    yield Step(_("Choose its languages"), bool(country.languages), spoken, url, LEADS)
    looked = ModelLogEntry.objects.filter(object_id=country.pk, content_type__model="country").order_by("timestamp")
    last = looked.last()
    when = last.formatted_timestamp if last else ""
    yield Step(_("Decide what its workers may do: tests, glucose"), bool(last), when, url, LEADS)
    yield Step(_("Give a help line"), bool(country.help_line), country.help_line, url, LEADS)
    price = f"{country.sms_price} {country.sms_currency}" if country.sms_price is not None else ""
    yield Step(_("Give the price of an SMS"), bool(price), price, url, LEADS)


def _places_and_people(country: Country) -> Iterator[Step]:
    sites = Site.objects.open().filter(country=country).count()
    found = ngettext("%(count)d site", "%(count)d sites", sites) % {"count": sites}
    yield Step(_("Add its sites"), sites > 0, found, reverse("staff_sites:index"))
    postings = Posting.objects.current().filter(country=country, role__in=WANTED)
    held = dict.fromkeys(WANTED, 0)
    for role, _person in postings.values_list("role", "person").distinct():
        held[role] += 1
    for role, label in WANTED.items():
        yield Step(label(), held[role] > 0, str(held[role] or ""), reverse("staff_people:index"))


WANTED: dict[str, Callable[[], str]] = {
    Role.LEAD: lambda: _("Post a country lead"),
    Role.HR: lambda: _("Post HR"),
    Role.TRAINER: lambda: _("Post a trainer"),
    Role.REVIEWER: lambda: _("Post a clinical reviewer"),
    Role.OBSERVER: lambda: _("Post an observer"),
}


def _content(country: Country, programmes: list[ProgrammePage]) -> Iterator[Step]:
    titles = ", ".join(page.title for page in programmes)
    yield Step(_("Have a programme for it"), bool(programmes), titles, reverse("modules:index"), WRITERS)
    keys = len(CountryKey)
    confirmed = CountryValue.objects.confirmed().filter(country=country).values("key").distinct().count()
    found = _("%(done)d of %(all)d confirmed") % {"done": confirmed, "all": keys}
    table = reverse("country_values:table", args=[country.pk])
    yield Step(_("Confirm what its guidelines say"), confirmed == keys, found, table, LEADS)
    unsigned = [page.title for page in programmes if not _is_signed(page, country)]
    yield Step(
        _("Say who signs its certificates"),
        bool(programmes) and not unsigned,
        _("Nobody for: %(titles)s") % {"titles": ", ".join(unsigned)} if unsigned else "",
        reverse("staff_certificate_policies:index"),
        ADMINISTRATORS,
    )
    language = next(iter(country.languages), settings.LANGUAGE_CODE)
    texts = ConsentText.objects.filter(language=language).exclude(published_at=None)
    newest = texts.order_by("-version").first()
    version = _("Version %(number)d") % {"number": newest.version} if newest else ""
    label = _("Publish the text about her data in its first language")
    yield Step(label, bool(newest), version, reverse("staff_consent_texts:index"), ADMINISTRATORS)


def _start(country: Country) -> Iterator[Step]:
    cohorts = Cohort.objects.filter(country=country).count()
    yield Step(_("Make the first cohort"), cohorts > 0, str(cohorts or ""), reverse("cohorts:index"))
    intakes = Intake.objects.filter(country=country).exclude(committed_at=None).count()
    yield Step(_("Take in the first recruits"), intakes > 0, str(intakes or ""), reverse("intake:index"))


def _programmes(country: Country) -> list[ProgrammePage]:
    """Those that ask for something there; a refresher is only a template."""
    pages = ProgrammePage.objects.live().filter(locale__language_code=settings.LANGUAGE_CODE, is_refresher=False)
    return [page for page in pages.order_by("title") if page.rows_for(country)]


def _is_signed(page: ProgrammePage, country: Country) -> bool:
    return bool(CertificatePolicy.objects.for_programme(page.translation_key, country).look.signatories)
