"""A certificate keeps the design it was awarded with, and the next one takes what is live."""

import pytest
from django.core.cache import cache
from wagtail.actions.unpublish import UnpublishAction
from wagtail.images.models import Image

from certificates import services
from certificates.award import issuing
from certificates.designs import frozen
from certificates.models import Certificate, CertificateAsset, CertificateDesign, CertificatePolicy
from certificates.paper import assets, drawing
from tests.factories.certificates import drawn, finish, make_design, make_picture


@pytest.fixture(autouse=True)
def nothing_remembered():
    cache.clear()
    assets._kept.cache_clear()


@pytest.fixture
def design(curriculum):
    """With a logo, two who sign and words in English; the programme's policy uses it."""
    logo, stroke = make_picture("Logo", "#8a1538"), make_picture()
    design = make_design(
        logos=[("logo", {"picture": logo, "says": "Ministry of Health"})],
        wordings=[("wording", {"language": "en", "heading": "Diploma"})],
    )
    design.signatories = [
        ("signatory", {"name": "Dr Mutale Zulu", "title": "Director", "signature": stroke}),
        ("signatory", {"name": "Joseph Banda", "title": "Trainer", "signature": None}),
    ]
    design.save_revision().publish()
    CertificatePolicy.objects.create(programme_key=curriculum.programme.translation_key, design=design)
    return design


def test_award_keeps_pictures_and_words(learner, curriculum, design):
    snapshot = finish(learner, curriculum).payload.snapshot
    logo, first, second = snapshot["design"]["logos"][0], *snapshot["signatories"]
    assert (logo["says"], snapshot["design"]["words"]["heading"]) == ("Ministry of Health", "Diploma")
    assert second == {"name": "Joseph Banda", "title": "Trainer", "signature": ""}
    assert {logo["sha256"], first["signature"]} == set(CertificateAsset.objects.values_list("pk", flat=True))


def test_what_becomes_of_the_design_changes_no_certificate(learner, curriculum, design, administrator):
    certificate = finish(learner, curriculum)
    before = drawing.draw(certificate.payload.snapshot)
    design.name, design.main_colour, design.base = "Other", "#8a1538", "loom"
    design.signatories = []
    design.save_revision().publish()
    UnpublishAction(design, user=administrator).execute()
    for picture in Image.objects.all():
        picture.delete()
    assets._kept.cache_clear()
    again = Certificate.objects.get(pk=certificate.pk)
    assert drawing.draw(again.payload.snapshot) == before


def test_next_award_takes_the_live_design_and_not_the_draft(learner, other_learner, curriculum, design):
    design.main_colour = "#8a1538"
    draft = design.save_revision()
    assert finish(learner, curriculum).payload.snapshot["design"]["colours"]["main"] == "#2b2470"
    draft.publish()
    assert finish(other_learner, curriculum).payload.snapshot["design"]["colours"]["main"] == "#8a1538"


def test_design_that_was_taken_down_gives_way_to_the_shipped_one(learner, curriculum, design, administrator):
    UnpublishAction(design, user=administrator).execute()
    snapshot = finish(learner, curriculum).payload.snapshot
    assert (snapshot["design"]["id"], snapshot["design"]["base"]) == ("", "hem")


def test_unreadable_picture_blocks_and_loses_no_award(learner, curriculum, design, hr):
    picture = design.logos[0].value["picture"]
    picture.file.storage.delete(picture.file.name)
    certificate = finish(learner, curriculum)
    assert frozen.unread(certificate.payload.snapshot) == ["Ministry of Health"]
    assert "Ministry of Health" in certificate.payload.blocked_reason
    assert services.try_again(certificate, by=hr)  # nothing was mended: it stays as it is
    assert not issuing.draw_and_store(certificate.pk)
    assert not Certificate.objects.filter(supersedes=certificate).exists()

    design.logos = [("logo", {"picture": make_picture("Found"), "says": "Ministry of Health"})]
    design.save_revision().publish()
    assert services.try_again(certificate, by=hr)
    newer = Certificate.objects.get(supersedes=certificate)
    assert frozen.unread(newer.payload.snapshot) == []
    assert drawn(newer).drawn_at


def test_store_that_refuses_loses_no_award(design):
    def refuse(image):
        raise OSError("no space left")

    assert frozen.signatories(design, keep=refuse)[0]["signature"] == frozen.UNREAD


@pytest.mark.django_db
def test_shipped_look_needs_no_row():
    assert frozen.freeze(CertificateDesign(), "en")["logos"] == []
