"""Enrolments and certificates in every state, for the tests of this folder."""

from datetime import timedelta
from itertools import count

from django.utils import timezone

from certificates.models import Certificate, CertificatePayload
from lms.learning.models import Cohort
from lms.learning.services import enrol
from lms.people.models import Role
from tests.factories.people import make_person, post

_codes, _bits = count(1), count(1)
LONG = timedelta(days=200)


def make_learner(given_names, site, curriculum, *, family_name="Otieno", cohort=None):
    """A learner of the site with an open enrolment."""
    person = make_person(given_names, family_name, site.country_id)
    post(person, Role.LEARNER, site)
    enrol(person, curriculum.programme, cohort=cohort)
    return person


def make_cohort(site, curriculum, name="Kisumu 2026"):
    cohort = Cohort.objects.create(
        name=name,
        country=site.country,
        programme_key=curriculum.programme.translation_key,
        starts_on=timezone.localdate(),
    )
    cohort.sites.add(site)
    return cohort


def make_certificate(person, *, days_left=200, drawn=True, confirmed=True, blocked="", **fields):
    """The certificate of her last enrolment, drawn and valid unless told otherwise."""
    enrolment, today, now = person.enrolments.first(), timezone.localdate(), timezone.now()
    values = {
        "code": f"{next(_codes):013d}",
        "enrolment": enrolment,
        "holder": person,
        "programme_key": enrolment.programme_key,
        "programme_code": enrolment.programme_code,
        "programme_version": 1,
        "title": "Community health",
        "level": "Level 1",
        "country_code": person.country_id,
        "country_name": person.country.name,
        "awarded_on": today - LONG,
        "valid_until": today + timedelta(days=days_left),
        "snapshot_sha256": "0" * 64,
        "status_index": next(_bits),
        "confirmed_at": now if confirmed else None,
    } | ({"pdf_sha256": "1" * 64, "drawn_at": now} if drawn else {})
    if fields.get("revoked_at"):
        values["revoked_reason"] = "conduct"
    certificate = Certificate.objects.create(**(values | fields))
    CertificatePayload.objects.create(certificate=certificate, snapshot={}, blocked_reason=blocked)
    return certificate
