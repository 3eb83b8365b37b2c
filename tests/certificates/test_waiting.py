from datetime import timedelta

import pytest
from django.utils import timezone

from certificates import many, services, waiting
from certificates.award import evidence, revoking
from certificates.models import Certificate
from curriculum.models import Review
from lms.learning.services import flag_completion
from tests.factories.certificates import finish, issued, review_everything

pytestmark = pytest.mark.usefixtures("plain_drawing")


def reviewed_now(on=None) -> list[Certificate]:
    return list(waiting.reviewed_specimens(Certificate.objects.all(), on or timezone.localdate()))


def taken_back() -> list[Certificate]:
    return list(waiting.taken_back(Certificate.objects.all()))


def test_specimen_waits_once_everything_behind_it_is_reviewed(learner, curriculum, reviewer):
    specimen = issued(learner, curriculum)
    assert reviewed_now() == []
    review_everything(curriculum, reviewer)
    assert reviewed_now() == [specimen]
    assert reviewed_now(timezone.localdate() + timedelta(days=500)) == []


def test_list_of_specimens_and_the_rule_for_one_agree(learner, curriculum, reviewer, hr):
    """One text without a review is enough, and what was read before a change counts as it was read."""
    specimen = issued(learner, curriculum)
    review_everything(curriculum, reviewer)
    for review in Review.objects.all():
        kept = review.revision
        Review.objects.filter(pk=review.pk).update(revision=None)
        lacking = evidence.is_specimen(evidence.required_completions(specimen.enrolment), timezone.localdate())
        assert lacking and reviewed_now() == []
        Review.objects.filter(pk=review.pk).update(revision=kept)
    assert services.issue_anew(specimen, by=hr)
    assert reviewed_now() == []


def test_specimen_with_a_voided_result_waits_for_hr_to_let_it_stand(learner, curriculum, trainer, reviewer, hr):
    specimen = issued(learner, curriculum)
    flag_completion(learner.completions.get(kind="quiz"), by=trainer, reason="Helped by another")
    review_everything(curriculum, reviewer)
    assert reviewed_now() == []
    with pytest.raises(services.ResultTakenBack):
        services.issue_anew(specimen, by=hr)
    assert many.change_now("anew", [str(specimen.pk)], hr) == 0
    revoking.keep_certificate(specimen, by=hr)
    assert reviewed_now() == [specimen]
    assert many.change_now("anew", [str(specimen.pk)], hr) == 1


def test_undrawn_specimen_does_not_wait(learner, curriculum, reviewer):
    finish(learner, curriculum)
    review_everything(curriculum, reviewer)
    assert reviewed_now() == []


@pytest.mark.parametrize("kind", ["quiz", "practical"])
def test_certificate_waits_when_a_result_behind_it_is_taken_back(learner, other_learner, curriculum, trainer, kind):
    certificate, _other = issued(learner, curriculum), issued(other_learner, curriculum)
    flag_completion(learner.completions.get(kind=kind), by=trainer, reason="Regraded")
    assert taken_back() == [certificate]
    found = waiting.results_taken_back([certificate])[certificate.pk]
    assert [(row.kind, row.flag_reason) for row in found] == [(kind, "Regraded")]


def test_lesson_to_learn_again_takes_nothing_back(learner, curriculum, trainer):
    issued(learner, curriculum)
    flag_completion(learner.completions.filter(kind="lesson").first(), by=trainer, reason="It has changed")
    assert taken_back() == []


def test_withdrawn_certificate_does_not_wait_for_its_results(learner, curriculum, trainer, hr):
    certificate = issued(learner, curriculum)
    flag_completion(learner.completions.get(kind="quiz"), by=trainer, reason="Regraded")
    services.revoke_certificate(certificate, by=hr, reason="result_not_valid")
    assert taken_back() == []


def test_withdrawal_says_who_withdrew(learner, curriculum, hr):
    certificate = services.revoke_certificate(issued(learner, curriculum), by=hr, reason="conduct")
    assert waiting.to_uphold(Certificate.objects.all()).get().withdrawn_by == hr.pk
    assert waiting.withdrawals([certificate])[certificate.pk].by == hr
