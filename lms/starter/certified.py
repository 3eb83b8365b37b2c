"""The demo's certificates in every state, each really awarded, drawn and signed by the site's own services.

They certify a programme of the demo's own: two invented pages about the app itself, which say so and teach nothing
about health. Only these are marked as reviewed, by the demo's invented reviewer, so that no clinical page pretends to
have been read by anybody; whoever finishes a shipped programme still gets a specimen. What lies in the past was awarded
with that day by the service itself.
"""

from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from uuid import uuid4

from dateutil.relativedelta import relativedelta
from django.utils import timezone
from wagtail.models import Page

from assessments.models import PracticalPage
from certificates import services
from certificates.award import issuing, revoking
from certificates.models import Certificate, CertificatePolicy
from certificates.paper import wallet
from certificates.receivers import award_on_completion
from certificates.renewal.services import open_renewal
from curriculum.models import CurriculumPage, LessonPage, ModulePage, ProgrammePage, Review, UnitPage
from lms.core.models import Country
from lms.learning.models import Cohort, Completion, Enrolment, Requirement
from lms.learning.services import complete_unit, enrol
from lms.learning.signals import programme_completed
from lms.pages.models import HomePage
from lms.people.models import Role, Site, User
from lms.people.services import choose_secret, create_person, post_person

from .streams import programme_rows

YEARS = 36  # months for which the demo's pages are reviewed


def load_certificates(demo: dict) -> int:
    """Answers how many people are new: none where the cohort is there already."""
    if Cohort.objects.filter(name=demo["cohort"]).exists():
        return 0
    site = Site.objects.get(code=demo["site"])
    programme = _programmes(demo, site.country)
    cohort = Cohort.objects.create(
        name=demo["cohort"],
        country=site.country,
        programme_key=programme.translation_key,
        starts_on=timezone.localdate() - relativedelta(months=20),
    )
    cohort.sites.add(site)
    for row in demo["people"]:
        _certify(_person(row, site, demo["secret"]), programme, cohort, row)
    return len(demo["people"])


def _programmes(demo: dict, country: Country) -> ProgrammePage:
    """The pages, reviewed; the programme, its refresher, and a policy that has HR confirm."""
    learn, home = (kind.objects.get(locale__language_code="en") for kind in (CurriculumPage, HomePage))
    module = _page(learn, ModulePage(title=demo["module"], competency=demo["says"], icon="phone", minutes=10))
    first, again = (_lesson(module, row) for row in demo["lessons"])
    practical = _practical(learn, module, demo["practical"])
    reviewer = User.objects.filter(postings__role=Role.REVIEWER, country=country).first()
    for page in (first, again, practical):
        Review.objects.record(page.latest_revision, reviewer, months=YEARS, comment=demo["says"])
    pks = {"first": first.pk, "again": again.pk, "practical": practical.pk}
    programme = _programme(home, demo["programme"], ["first", "practical"], pks)
    refresher = _programme(home, demo["refresher"], ["again"], pks, is_refresher=True)
    shown = CertificatePolicy.objects.exclude(design=None).first()
    CertificatePolicy.objects.create(
        programme_key=programme.translation_key,
        refresher_key=refresher.translation_key,
        needs_confirmation=True,
        design=shown and shown.design,
    )
    return programme


def _programme(home: Page, values: dict, units: list[str], pks: dict, **fields) -> ProgrammePage:
    rows = programme_rows(values["code"], [{"unit": unit} for unit in units], pks)
    return _page(home, ProgrammePage(rows=rows, **values, **fields))


def _lesson(module: Page, row: dict) -> LessonPage:
    value = {"title": "", "countries": [], "facts": [], "text": f"<p>{row['text']}</p>"}
    cards = [{"type": "text", "id": str(uuid4()), "value": value}]
    return _page(module, LessonPage(title=row["title"], objective=row["objective"], minutes=5, cards=cards))


def _practical(learn: Page, module: Page, row: dict) -> PracticalPage:
    blank = {"critical": True, "needs": "", "countries": []}
    steps = [{"type": "step", "id": str(uuid4()), "value": blank | {"text": text}} for text in row["steps"]]
    modules = [{"type": "module", "id": str(uuid4()), "value": module.pk}]
    return _page(learn, PracticalPage(title=row["title"], statement=row["statement"], steps=steps, modules=modules))


def _page(parent: Page, page: Page) -> Page:
    page.locale = parent.locale
    parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def _person(row: dict, site: Site, secret: str) -> User:
    person = create_person(given_names=row["names"], family_name=row["family"], country=site.country)
    person.staff_number = row["number"]
    person.save(update_fields=["staff_number"])
    post_person(person, Role.LEARNER, site=site)
    return choose_secret(User.objects.get(pk=person.pk), None, secret)


def _certify(person: User, programme: ProgrammePage, cohort: Cohort, row: dict) -> None:
    day = timezone.localdate() - relativedelta(months=row["months_ago"])
    with _awarded_by_hand():
        enrolment = enrol(person, programme, cohort=cohort)
        for unit in UnitPage.objects.filter(
            translation_key__in=enrolment.requirements.values("unit_key"), locale__language_code="en"
        ).specific():
            complete_unit(person, unit, detail=_seen(unit, cohort, day))
    _as_of(enrolment, day)
    certificate = services.award_certificate(enrolment, on=day)
    if row["then"] not in ("to_confirm", "blocked"):
        hr = User.objects.filter(postings__role=Role.HR, country=person.country).first()
        AFTERWARDS[row["then"]](services.confirm_certificate(certificate, by=hr), hr)


@contextmanager
def _awarded_by_hand():
    """The award of these comes with a day of its own, not with the last completion."""
    programme_completed.disconnect(award_on_completion)
    try:
        yield
    finally:
        programme_completed.connect(award_on_completion)


def _seen(unit: Page, cohort: Cohort, day: date) -> dict:
    if not isinstance(unit, PracticalPage):
        return {}
    observer = User.objects.filter(postings__role=Role.OBSERVER, country=cohort.country).first()
    where = str(cohort.sites.first())
    words = {"statement": unit.statement, "neutral_statement": unit.neutral_statement}
    return words | {"observer": observer.get_full_name(), "site": where, "date": day.isoformat()}


def _as_of(enrolment: Enrolment, day: date) -> None:
    """What was just learned by the services was learned then."""
    at = timezone.make_aware(datetime.combine(day, time(12)))
    mine = {"person": enrolment.person}
    Completion.objects.filter(**mine).update(completed_at=at, valid_until=day + timedelta(days=365))
    Requirement.objects.filter(enrolment=enrolment).update(completed_at=at)
    times = dict.fromkeys(("started_at", "half_at", "theory_at", "completed_at"), at)
    Enrolment.objects.filter(pk=enrolment.pk).update(opened_at=at - timedelta(days=30), **times)


def _drawn(certificate: Certificate) -> None:
    """Paper and card, before anything happens to it."""
    issuing.draw_and_store(certificate.pk)
    wallet.draw_and_store(certificate.pk)


def _renewing(certificate: Certificate, hr: User) -> None:
    _drawn(certificate)
    certificate.refresh_from_db()
    open_renewal(certificate, by=hr)


def _withdrawn(certificate: Certificate, hr: User) -> None:
    _drawn(certificate)
    revoking.revoke_certificate(certificate, by=hr, reason="issued_in_error")


def _upheld(certificate: Certificate, hr: User) -> None:
    _withdrawn(certificate, hr)
    lead = User.objects.filter(postings__role=Role.LEAD, country=hr.country).first()
    revoking.uphold_revocation(certificate, by=lead)


def _corrected(certificate: Certificate, hr: User) -> None:
    _drawn(certificate)
    names = {"given_names": certificate.holder.given_names, "family_name": f"{certificate.holder.family_name}-Otieno"}
    services.correct_name(certificate, by=hr, note="Married name", **names)


AFTERWARDS = {
    "stands": lambda certificate, hr: None,
    "renewing": _renewing,
    "withdrawn": _withdrawn,
    "upheld": _upheld,
    "corrected": _corrected,
}
