"""What a certificate says rests on what was kept at the award: everything behind it may change or go."""

import pytest
from wagtail.images.models import Image

from certificates import verification
from certificates.award import issuing, snapshots
from certificates.keys import changes, roots
from certificates.models import Certificate, CertificateDesign, CertificatePolicy
from certificates.paper import assets, drawing
from certificates.proof import judging
from lms.people.models import User
from tests.factories.certificates import issued, make_design, make_picture

WORDS = {"language": "en", "heading": "Diploma", "formula": "", "sentence": "", "small_print": ""}


@pytest.fixture
def design(curriculum) -> CertificateDesign:
    """With a logo, a signature and words of its own, used by the programme."""
    logo, signature = make_picture("Logo", "#97143a"), make_picture("Signature")
    design = make_design(main_colour="#00634a", logos=[("logo", {"picture": logo, "says": "Ministry"})])
    design.signatories = [("signatory", {"name": "Dr Then", "title": "Director", "signature": signature})]
    design.wordings = [("wording", WORDS)]
    design.save()
    CertificatePolicy.objects.create(programme_key=curriculum.programme.translation_key, design=design)
    return design


def what_it_says(certificate: Certificate) -> tuple:
    """The row, what is stored, what would be drawn from it, and what strangers and HR are told."""
    certificate = Certificate.objects.select_related("payload").get(pk=certificate.pk)
    assets._kept.cache_clear()
    snapshot, pdf = certificate.payload.snapshot, issuing.stored_pdf(certificate)
    assert snapshots.sha256(snapshot) == certificate.snapshot_sha256
    row = {field.attname: getattr(certificate, field.attname) for field in Certificate._meta.concrete_fields}
    drawn_now = drawing.draw(snapshot, certificate.payload.credential)
    told = verification.check(certificate.code)
    return row, snapshot, pdf, drawn_now, told.state, told.reason, judging.judge(pdf).state


def test_nothing_that_is_edited_or_goes_changes_it(learner, curriculum, kenya, trainer, design):
    certificate = issued(learner, curriculum)
    before = what_it_says(certificate)
    for change in (_people, _design, _pictures, _programme, _country, _keys):
        change(learner=learner, trainer=trainer, design=design, curriculum=curriculum, country=kenya)
        assert what_it_says(certificate) == before, change.__name__
    assert not issuing.draw_and_store(certificate.pk)


def _people(learner, trainer, **rest):
    User.objects.filter(pk__in=[learner.pk, trainer.pk]).update(given_names="Changed", family_name="Changed")


def _design(design, **rest):
    CertificateDesign.objects.update(base="loom", orientation="portrait", border="none", main_colour="#000000")
    design.refresh_from_db()
    design.logos, design.signatories, design.wordings = [], [], []
    design.save_revision().publish()


def _pictures(**rest):
    for image in Image.objects.all():
        image.file.storage.delete(image.file.name)
        image.delete()


def _programme(curriculum, **rest):
    curriculum.programme.title = curriculum.programme.neutral_title = "Changed"
    curriculum.programme.level = "Changed"
    curriculum.programme.save_revision().publish()
    CertificatePolicy.objects.update(issuer="Changed", months_valid=1, design=None)
    CertificateDesign.objects.all().delete()


def _country(country, **rest):
    country.name = "Changed"
    country.save()


def _keys(country, **rest):
    """Rotated, and then the new one retired as well."""
    _old, new = changes.rotate(country, roots.by_itself())
    changes.retire(new.kid)
