import pytest
from django.utils import timezone

from certificates import services
from certificates.models import Certificate, CertificatePolicy
from certificates.renewal.queries import to_renew
from certificates.renewal.services import Elsewhere, NotRenewable, OutOfWindow, open_renewal
from lms.learning.services import AlreadyEnrolled, complete_unit
from lms.people.models import User

from .conftest import stamped

TODAY = timezone.localdate


def keys(enrolment) -> list:
    return list(enrolment.requirements.values_list("unit_key", flat=True))


@pytest.mark.parametrize("days", [90, 0, -1, -60])
def test_renewal_opens_in_the_window_and_in_the_grace(learner, curriculum, certified, refresher, days):
    certificate = certified(learner, days)
    renewal = open_renewal(certificate, by=learner)
    assert keys(renewal) == [refresher.lesson.translation_key, curriculum.practical.translation_key]
    assert renewal.refresher_key == refresher.translation_key
    assert (renewal.due_on - certificate.valid_until).days == 60


@pytest.mark.parametrize("days", [91, -61])
def test_renewal_stays_shut_outside_of_them(learner, certified, days):
    certificate = certified(learner, days)
    with pytest.raises(OutOfWindow):
        open_renewal(certificate, by=learner)
    assert to_renew(learner, TODAY()) == []


def test_country_may_have_windows_of_its_own(learner, kenya, curriculum, certified):
    CertificatePolicy.objects.create(
        programme_key=curriculum.programme.translation_key, country=kenya, renewal_days=10, grace_days=0
    )
    certificate = certified(learner, 11)
    with pytest.raises(OutOfWindow):
        open_renewal(certificate, by=learner)
    assert to_renew(learner, TODAY()) == []
    CertificatePolicy.objects.filter(country=kenya).update(renewal_days=11)
    assert to_renew(learner, TODAY())[0][0] == certificate
    assert open_renewal(certificate, by=learner).requirements.count() == 4, "no refresher: the whole programme"


def test_finished_renewal_gives_a_new_certificate(learner, curriculum, certified, refresher):
    old = certified(learner, 20)
    renewal = open_renewal(old, by=learner)
    for unit in (refresher.lesson, curriculum.practical):
        complete_unit(learner, unit, detail={"statement": "Asks about TB"})
    newer = Certificate.objects.get(enrolment=renewal)
    assert newer.specimen and newer.renews == old, "nobody has reviewed the refresher"
    assert newer.valid_until > old.valid_until and newer.holder == learner
    with pytest.raises(NotRenewable):
        open_renewal(old, by=learner)


def test_renewal_is_opened_once(learner, certified):
    certificate = certified(learner, 20)
    assert to_renew(learner, TODAY())[0][0] == certificate
    open_renewal(certificate, by=learner)
    with pytest.raises(AlreadyEnrolled):
        open_renewal(certificate, by=learner)
    assert to_renew(learner, TODAY()) == []


def test_withdrawn_is_not_renewed(learner, hr, certified):
    certificate = certified(learner, 20)
    services.revoke_certificate(certificate, by=hr, reason="conduct")
    refused(certificate, learner)


def test_replaced_is_not_renewed_but_what_replaces_it(learner, hr, certified):
    certificate = certified(learner, 20)
    newer = stamped(services.correct_name(certificate, by=hr, given_names="Amina", family_name="Were"))
    refused(certificate, learner)
    Certificate.objects.filter(pk=newer.pk).update(valid_until=certificate.valid_until)
    assert open_renewal(newer, by=learner)


def test_specimen_is_not_renewed(learner, certified):
    refused(certified(learner, 20, specimen=True), learner)


def test_who_has_left_is_not_renewed(learner, hr, certified):
    certificate = certified(learner, 20)
    User.objects.filter(pk=learner.pk).update(is_active=False)
    refused(certificate, hr)


def test_programme_that_was_taken_down_is_not_renewed(learner, hr, curriculum, certified):
    certificate = certified(learner, 20)
    curriculum.programme.unpublish()
    with pytest.raises(NotRenewable):
        open_renewal(certificate, by=hr)


def test_what_was_awarded_elsewhere_is_not_renewed_here(learner, hr, certified, lesotho):
    certificate = certified(learner, 20)
    User.objects.filter(pk=learner.pk).update(country=lesotho)
    with pytest.raises(Elsewhere):
        open_renewal(certificate, by=hr)
    assert to_renew(learner, TODAY()) == []


def test_supervisor_chooses_practicals(learner, hr, curriculum, certified, refresher):
    renewal = open_renewal(certified(learner, 20), by=hr, practicals=[])
    assert keys(renewal) == [refresher.lesson.translation_key]


def test_refresher_that_renews_nothing_any_more_is_left_out(learner, curriculum, certified, refresher):
    refresher.is_refresher = False
    refresher.save_revision().publish()
    assert open_renewal(certified(learner, 20), by=learner).requirements.count() == 4


def test_what_she_may_renew_costs_two_queries(learner, curriculum, certified, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert to_renew(learner, TODAY()) == []
    certified(learner, 20)
    with django_assert_num_queries(2):
        assert len(to_renew(learner, TODAY())) == 1


def refused(certificate: Certificate, by: User) -> None:
    with pytest.raises(NotRenewable):
        open_renewal(certificate, by=by)
    assert certificate not in [row for row, _window in to_renew(certificate.holder, TODAY())]
