from certificates import renewal
from certificates.models import Certificate
from lms.learning.enrolling import close_enrolment
from lms.learning.services import enrol
from tests.factories.certificates import finish


def annotated(certificate) -> bool:
    return renewal.with_renewal(Certificate.objects.all()).get(pk=certificate.pk).renewal_in_progress


def test_new_cycle_is_a_renewal_until_it_is_over(learner, curriculum, hr, django_assert_num_queries):
    certificate = finish(learner, curriculum)
    assert not renewal.in_progress(certificate) and not annotated(certificate)
    enrolment = enrol(learner, curriculum.programme)
    with django_assert_num_queries(1):
        assert renewal.in_progress(certificate)
    assert annotated(certificate)
    close_enrolment(enrolment, "Moved", hr)
    assert not renewal.in_progress(certificate) and not annotated(certificate)


def test_nobody_renews_for_another(learner, other_learner, curriculum):
    certificate = finish(learner, curriculum)
    enrol(other_learner, curriculum.programme)
    assert not renewal.in_progress(certificate) and not annotated(certificate)
    Certificate.objects.update(holder=None, enrolment=None)
    certificate.refresh_from_db()
    assert not renewal.in_progress(certificate) and not annotated(certificate)
