from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from certificates import services
from certificates.award import issuing, snapshots
from certificates.models import Certificate, CertificateEvent, CertificatePolicy, NeverDeleted
from lms.learning.models import Enrolment
from lms.learning.services import complete_unit, enrol
from tests.factories.certificates import drawn, finish, issued, make_design, review_everything

Kind = CertificateEvent.Kind


def kinds(certificate) -> list[str]:
    return list(certificate.events.values_list("kind", flat=True))


def policy_for(content, **fields):
    return CertificatePolicy.objects.create(programme_key=content.programme.translation_key, **fields)


def test_certificate_comes_with_the_last_completion(learner, curriculum):
    certificate = finish(learner, curriculum)
    assert certificate.holder == learner
    assert certificate.awarded_on == timezone.localdate()
    assert certificate.confirmed_at and not certificate.drawn_at
    assert kinds(certificate) == [Kind.AWARDED]


def test_certificate_carries_the_day_of_its_country(learner, curriculum):
    complete = finish(learner, curriculum).enrolment
    Certificate.objects.update(superseded_at=timezone.now())
    Enrolment.objects.update(country="GH")
    with time_machine.travel(datetime(2026, 11, 30, 21, 30, tzinfo=UTC), tick=False):
        assert services.award_certificate(complete).awarded_on == date(2026, 11, 30)


def test_snapshot_says_the_day_of_a_quiz_by_the_clock_of_its_country(learner, curriculum):
    with time_machine.travel(datetime(2027, 2, 28, 22, tzinfo=UTC), tick=False):
        [quiz] = finish(learner, curriculum).payload.snapshot["quizzes"]
    assert quiz["passed_on"] == "2027-03-01"


def test_snapshot_says_everything(learner, curriculum, site):
    certificate = finish(learner, curriculum)
    said = certificate.payload.snapshot
    assert said["holder"] == {
        "id": str(learner.pk),
        "staff_number": learner.staff_number,
        "name": "Amina Otieno",
        "family_name": "Otieno",
        "sort_name": "Otieno, Amina",
    }
    assert said["programme"]["title"] == "Primary Health Care"
    assert said["programme"]["printed_title"] == "Community health, level 1"
    assert said["country"] == {"code": "KE", "name": "Kenya"}
    assert said["site"] == str(site)
    assert said["quizzes"][0] | {"passed_on": ""} == {
        "title": curriculum.quiz.title, "mark": 9, "of": 10, "pass_mark": 80, "passed_on": "",
    }  # fmt: skip
    assert said["competencies"] == [
        {
            "statement": "Asks about TB at every contact",
            "neutral_statement": "Asks four questions at every contact",
            "observer": "Faith Achieng",
            "site": "Kisumu Clinic",
            "date": "2026-11-12",
        }
    ]
    assert said["design"]["base"] == "hem" and len(said["design"]["sha256"]) == 64
    assert said["software"]["weasyprint"]
    assert certificate.snapshot_sha256 == snapshots.sha256(said)


def test_quiz_without_a_mark_is_not_on_the_certificate(learner, curriculum):
    """A practice, a pre-test, a post-test: they are required, and nobody passes or fails them."""
    enrolment = enrol(learner, curriculum.programme)
    for unit in (*curriculum.lessons, curriculum.practical):
        complete_unit(learner, unit)
    complete_unit(learner, curriculum.quiz, detail={"title": "Before", "purpose": "pre_test"})
    assert Certificate.objects.get(enrolment=enrolment).payload.snapshot["quizzes"] == []


def test_second_award_returns_the_first(learner, curriculum):
    first = finish(learner, curriculum)
    assert services.award_certificate(first.enrolment) == first
    assert Certificate.objects.count() == 1
    assert kinds(first) == [Kind.AWARDED]


def test_enrolment_cannot_have_two_current_certificates(learner, curriculum):
    certificate = finish(learner, curriculum)
    certificate.pk, certificate.code = None, "0000000000000"
    certificate.status_index ^= 1
    with pytest.raises(IntegrityError), transaction.atomic():
        certificate.save(force_insert=True)


def test_programme_that_is_gone_does_not_stop_the_award(learner, curriculum):
    enrolment = enrol(learner, curriculum.programme)
    curriculum.programme.delete()
    certificate = services.award_certificate(enrolment)
    assert certificate.title == "phc"


def test_unreviewed_content_makes_a_specimen(learner, curriculum):
    assert finish(learner, curriculum).specimen


def test_reviewed_content_makes_a_certificate(learner, curriculum, reviewer):
    review_everything(curriculum, reviewer)
    certificate = finish(learner, curriculum)
    assert not certificate.specimen
    assert not certificate.payload.snapshot["specimen"]


def test_review_that_ran_out_makes_a_specimen(learner, curriculum, reviewer, time_machine_at):
    review_everything(curriculum, reviewer)
    with time_machine_at(days=400):
        assert finish(learner, curriculum).specimen


def test_review_of_a_later_revision_does_not_count(learner, curriculum, reviewer):
    """She completed the text that nobody had looked at."""
    enrolment = enrol(learner, curriculum.programme)
    complete_unit(learner, curriculum.lessons[0])
    curriculum.lessons[0].save_revision().publish()
    review_everything(curriculum, reviewer)
    for unit in (curriculum.lessons[1], curriculum.quiz, curriculum.practical):
        complete_unit(learner, unit)
    assert Certificate.objects.get(enrolment=enrolment).specimen


def test_policy_of_the_country_goes_first(learner, curriculum, kenya):
    policy_for(curriculum, months_valid=24, issuer="Everywhere")
    policy_for(
        curriculum,
        country=kenya,
        months_valid=6,
        issuer="Kenya Health Training",
        design=make_design(signatories=("Dr A. B.",)),
    )
    certificate = finish(learner, curriculum)
    said = certificate.payload.snapshot
    assert said["issuer"] == "Kenya Health Training"
    assert said["signatories"] == [{"name": "Dr A. B.", "title": "Director", "signature": ""}]
    months = (certificate.valid_until.year - certificate.awarded_on.year) * 12
    assert months + certificate.valid_until.month - certificate.awarded_on.month == 6


def test_policy_of_the_programme_comes_before_the_default(lesotho_learner, curriculum, kenya):
    policy_for(curriculum, country=kenya, issuer="Kenya")
    policy_for(curriculum, issuer="Everywhere", design=make_design(own_title=True))
    certificate = finish(lesotho_learner, curriculum)
    assert certificate.payload.snapshot["issuer"] == "Everywhere"
    assert certificate.title == "Primary Health Care"


def test_there_is_one_policy_for_everywhere_else(curriculum):
    policy_for(curriculum)
    with pytest.raises(IntegrityError), transaction.atomic():
        policy_for(curriculum)


def test_certificate_waits_where_hr_confirms(learner, curriculum, hr):
    policy_for(curriculum, needs_confirmation=True)
    certificate = finish(learner, curriculum)
    assert not certificate.confirmed_at
    assert not issuing.draw_and_store(certificate.pk)
    services.confirm_certificate(certificate, by=hr)
    services.confirm_certificate(certificate, by=hr)
    assert kinds(drawn(certificate)) == [Kind.AWARDED, Kind.CONFIRMED, Kind.DRAWN]


def test_letter_that_the_fonts_lack_blocks_and_keeps_the_award(learner, curriculum):
    learner.given_names = "שרה"
    learner.save()
    certificate = finish(learner, curriculum)
    assert Enrolment.objects.get(pk=certificate.enrolment_id).completed_at
    assert "The fonts lack “ש”" in certificate.payload.blocked_reason
    assert kinds(certificate) == [Kind.AWARDED, Kind.BLOCKED]
    assert not issuing.draw_and_store(certificate.pk)


def test_name_corrected_unblocks_by_a_new_certificate(learner, curriculum, hr):
    learner.given_names = "שרה"
    learner.save()
    blocked = finish(learner, curriculum)
    newer = services.correct_name(blocked, by=hr, given_names="Abebe", family_name="Otieno")
    assert drawn(newer).payload.snapshot["holder"]["name"] == "Abebe Otieno"


def test_blocked_certificate_is_drawn_when_its_cause_is_mended(learner, curriculum, hr, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(services.drawing.typography, "missing", lambda texts: ["ŵ"])
        certificate = finish(learner, curriculum)
    assert services.try_again(certificate, by=hr)
    assert not services.try_again(certificate, by=hr)
    assert kinds(drawn(certificate)) == [Kind.AWARDED, Kind.BLOCKED, Kind.UNBLOCKED, Kind.DRAWN]


def test_later_edits_change_nothing_on_an_old_certificate(learner, curriculum, kenya):
    design = make_design(signatories=("Dr Then",))
    policy = policy_for(curriculum, issuer="Then", design=design)
    certificate = issued(learner, curriculum)
    before = (certificate.payload.snapshot, issuing.stored_pdf(certificate), certificate.title, certificate.valid_until)
    learner.family_name = "Changed"
    learner.save()
    curriculum.programme.title = curriculum.programme.neutral_title = "Changed"
    curriculum.programme.save_revision().publish()
    design.signatories = []
    design.save()
    policy.issuer = "Changed"
    policy.months_valid = 1
    policy.save()
    kenya.name = "Changed"
    kenya.save()
    assert not issuing.draw_and_store(certificate.pk)
    after = Certificate.objects.get(pk=certificate.pk)
    assert (after.payload.snapshot, issuing.stored_pdf(after), after.title, after.valid_until) == before


@pytest.mark.parametrize("delete", [
    lambda certificate: certificate.delete(),
    lambda certificate: Certificate.objects.all().delete(),
    lambda certificate: certificate.events.all().delete(),
    lambda certificate: certificate.events.first().delete(),
])  # fmt: skip
def test_register_refuses_deletion(learner, curriculum, delete):
    certificate = issued(learner, curriculum)
    with pytest.raises(NeverDeleted):
        delete(certificate)


def test_person_with_a_certificate_is_not_deleted(learner, curriculum):
    issued(learner, curriculum)
    with pytest.raises(ProtectedError):
        learner.delete()
