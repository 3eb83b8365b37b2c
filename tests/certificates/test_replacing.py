"""Corrections, other titles and specimens issued anew: each a new certificate in place of another. And renewals."""

import pytest

from certificates import keys, many, services
from certificates.award.revoking import Replaced
from certificates.models import Certificate, CertificateEvent, CertificatePolicy, CertificateReminder
from lms.learning.renewing import renew
from lms.learning.services import complete_unit
from tests.factories.certificates import drawn, finish, issued, make_design, review_everything

Kind = CertificateEvent.Kind
pytestmark = pytest.mark.usefixtures("plain_drawing")


def renewed(person, content) -> Certificate:
    """She goes through the programme once more, as the next cycle."""
    enrolment = renew(person, content.programme)
    for unit in (*content.lessons, content.quiz, content.practical):
        complete_unit(person, unit)
    return Certificate.objects.get(enrolment=enrolment)


def test_correction_supersedes_with_the_same_dates(learner, curriculum, hr):
    old = issued(learner, curriculum)
    newer = drawn(services.correct_name(old, by=hr, given_names="Amina", family_name="Otieno-Were", note="Married"))
    old.refresh_from_db()
    assert old.superseded_at and newer.supersedes == old
    assert newer.code != old.code
    assert (newer.awarded_on, newer.valid_until) == (old.awarded_on, old.valid_until)
    assert newer.payload.snapshot["holder"]["family_name"] == "Otieno-Were"
    assert old.payload.snapshot["holder"]["family_name"] == "Otieno"
    assert services.award_certificate(newer.enrolment) == newer


def test_name_that_is_right_already_is_not_corrected(learner, curriculum, hr):
    certificate = finish(learner, curriculum)
    with pytest.raises(services.NothingToChange):
        services.correct_name(certificate, by=hr, given_names=" Amina ", family_name="Otieno")


def test_other_title_is_printed_on_a_new_certificate(learner, curriculum, hr):
    old = issued(learner, curriculum)
    newer = services.change_title(old, True, by=hr)
    assert (newer.title, newer.supersedes, newer.valid_until) == ("Primary Health Care", old, old.valid_until)
    with pytest.raises(services.NothingToChange):
        services.change_title(newer, True, by=hr)
    with pytest.raises(services.NotStanding):
        services.change_title(old, False, by=hr)


def test_correction_keeps_the_design_it_was_issued_with(learner, curriculum, hr):
    design = make_design(main_colour="#000000")
    CertificatePolicy.objects.create(programme_key=curriculum.programme.translation_key, design=design)
    old = issued(learner, curriculum)
    design.main_colour = "#8a1538"
    design.save()
    newer = services.correct_name(old, by=hr, given_names="Amina", family_name="Were")
    assert newer.payload.snapshot["design"] == old.payload.snapshot["design"]


def test_revoked_certificate_is_not_corrected(learner, curriculum, hr):
    certificate = finish(learner, curriculum)
    services.revoke_certificate(certificate, by=hr, reason="conduct")
    with pytest.raises(services.NotStanding):
        services.correct_name(certificate, by=hr, given_names="A", family_name="B")


def test_certificate_is_not_replaced_by_one_that_the_fonts_cannot_set(learner, curriculum, hr):
    certificate = issued(learner, curriculum)
    with pytest.raises(services.CannotReplace, match="The fonts lack “中”"):
        services.correct_name(certificate, by=hr, given_names="Amina", family_name="Ot中eno")
    assert Certificate.objects.standing().get() == certificate
    assert not certificate.events.filter(kind=Kind.SUPERSEDED).exists()


def test_certificate_is_not_replaced_while_nothing_can_be_signed(learner, curriculum, hr, reviewer, monkeypatch):
    certificate = issued(learner, curriculum)
    review_everything(curriculum, reviewer)
    monkeypatch.setattr(keys, "signing_key", _away)
    with pytest.raises(services.CannotReplace, match="Kenya has no key."):
        services.change_title(certificate, True, by=hr)
    assert many.change_now("anew", [str(certificate.pk)], hr) == 0
    assert Certificate.objects.standing().get() == certificate


def test_what_is_blocked_may_be_replaced_while_something_else_blocks_too(learner, curriculum, hr, monkeypatch):
    learner.given_names = "שרה"
    learner.save()
    blocked = finish(learner, curriculum)
    monkeypatch.setattr(keys, "signing_key", _away)
    assert services.correct_name(blocked, by=hr, given_names="Sara", family_name="Otieno").supersedes == blocked


def _away(country_code: str):
    raise keys.NoKey("Kenya has no key.")


def test_specimen_is_issued_anew_after_the_review(learner, curriculum, hr, reviewer):
    specimen = issued(learner, curriculum)
    with pytest.raises(services.StillSpecimen):
        services.issue_anew(specimen, by=hr)
    review_everything(curriculum, reviewer)
    newer = services.issue_anew(specimen, by=hr)
    assert not newer.specimen and newer.supersedes == specimen
    with pytest.raises(services.NotStanding):
        services.issue_anew(specimen, by=hr)
    with pytest.raises(services.NothingToChange):
        services.issue_anew(newer, by=hr)


def test_next_cycle_renews_what_she_holds_and_leaves_it_valid(learner, curriculum):
    older = issued(learner, curriculum)
    newer = renewed(learner, curriculum)
    older.refresh_from_db()
    assert newer.renews == older and newer.payload.snapshot["renews"] == older.code
    assert older.superseded_at is None and newer.supersedes is None
    assert older.events.get(kind=Kind.RENEWED).facts == {"renewed_by": newer.code}


def test_first_certificate_renews_nothing(learner, curriculum):
    assert finish(learner, curriculum).renews is None


def test_withdrawn_certificate_is_not_renewed(learner, curriculum, hr):
    services.revoke_certificate(issued(learner, curriculum), by=hr, reason="conduct")
    assert renewed(learner, curriculum).renews is None


def test_renewal_follows_the_correction_of_what_it_renews(learner, curriculum, hr):
    old = issued(learner, curriculum)
    corrected = services.correct_name(old, by=hr, given_names="Amina", family_name="Were")
    newer = renewed(learner, curriculum)
    assert newer.renews == corrected
    again = services.correct_name(newer, by=hr, given_names="Amina", family_name="Were-Otieno")
    assert (again.renews, again.supersedes) == (corrected, newer)


def test_what_is_finished_after_a_withdrawal_waits_for_the_office(learner, curriculum, hr):
    services.revoke_certificate(finish(learner, curriculum), by=hr, reason="conduct")
    assert renewed(learner, curriculum).confirmed_at is None


def test_replaced_certificate_is_not_withdrawn(learner, curriculum, hr):
    old = finish(learner, curriculum)
    services.correct_name(old, by=hr, given_names="Amina", family_name="Otieno-Were")
    with pytest.raises(Replaced):
        services.revoke_certificate(old, by=hr, reason="conduct")


def test_who_was_reminded_is_not_reminded_again_of_the_correction(learner, curriculum, hr):
    old = finish(learner, curriculum)
    CertificateReminder.objects.create(certificate=old, days=30)
    newer = services.correct_name(old, by=hr, given_names="Amina", family_name="Otieno-Were")
    assert list(newer.reminders.values_list("days", flat=True)) == [30]
