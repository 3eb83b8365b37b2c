"""The stored certificates of many people as one file: what is in it, and who may fetch it."""

import csv
import hashlib
import io
from datetime import timedelta
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from certificates.models import Certificate
from lms.people import selections
from lms.people.models import Role, Selection
from tests.factories.people import post
from tests.reports.rows import make_certificate, make_learner

PDF = b"%PDF stored"


@pytest.fixture
def rows(site, curriculum):
    """Amina's certificate is stored, Beatrice's file was changed, Cecilia's was withdrawn, Dorcas has none."""
    people = [make_learner(name, site, curriculum) for name in ("Amina", "Beatrice", "Cecilia", "Dorcas")]
    for person, sha, more in zip(people, (PDF, b"other", PDF), ({}, {}, {"revoked_at": timezone.now()}), strict=False):
        made = make_certificate(person, pdf_sha256=hashlib.sha256(sha).hexdigest(), **more)
        made.payload.pdf.save("x.pdf", ContentFile(PDF))
    return [person.enrolments.get() for person in people]


def test_zip_holds_stored_files_under_their_codes(client, hr, other_country_hr, rows):
    client.force_login(hr)
    selection = selections.pick(hr, "reports:people", [(row.person_id, row.pk) for row in rows])
    address = reverse("staff_bulk:confirm", args=[selection.pk, "certificates"])
    assert client.get(address).context["outlook"].can == 2
    done = client.post(address, follow=True)
    assert done.context["done"] == 1
    fetched = client.get(reverse("staff_bulk:file", args=[selection.pk]))
    book = ZipFile(io.BytesIO(b"".join(fetched.streaming_content)))
    certificate = Certificate.objects.get(enrolment=rows[0])
    assert book.namelist() == [f"{certificate.code}.pdf", "index.csv"]
    assert book.read(f"{certificate.code}.pdf") == PDF
    (line,) = csv.DictReader(io.StringIO(book.read("index.csv").decode()))
    assert line["code"] == certificate.code and line["staff_number"] == rows[0].person.staff_number
    assert "Amina" not in book.read("index.csv").decode() + fetched["Content-Disposition"]
    assert ModelLogEntry.objects.get(action="core.export").data["rows"] == 1
    client.force_login(other_country_hr)
    assert client.get(reverse("staff_bulk:file", args=[selection.pk])).status_code == 404


def test_zip_is_there_for_a_day(client, hr, rows):
    client.force_login(hr)
    selection = selections.pick(hr, "reports:people", [(rows[0].person_id, rows[0].pk)])
    client.post(reverse("staff_bulk:confirm", args=[selection.pk, "certificates"]))
    address = reverse("staff_bulk:file", args=[selection.pk])
    post(hr, Role.TRAINER)
    hr.postings.filter(role=Role.HR).update(starts_on="2020-01-01", ends_on="2020-12-31")
    assert client.get(address).status_code == 404  # she keeps no certificates any more
    hr.postings.filter(role=Role.HR).update(ends_on=None)
    assert client.get(address).status_code == 200
    Selection.objects.update(finished_at=timezone.now() - timedelta(hours=25))
    selections.forget_selections()
    assert client.get(reverse("staff_bulk:file", args=[selection.pk])).status_code == 404


def test_trainer_packs_no_certificates(client, trainer, rows):
    client.force_login(trainer)
    selection = selections.pick(trainer, "reports:people", [(rows[0].person_id, rows[0].pk)])
    assert client.get(reverse("staff_bulk:confirm", args=[selection.pk, "certificates"])).status_code == 404
