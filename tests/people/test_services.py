import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from lms.people import limits, many, services
from lms.people.models import OneTimeCode, Role, User
from tests.factories.people import make_person, make_site

PIN = "604817"


def test_create_person_makes_a_number_without_i_and_o(kenya, hr):
    people = [services.create_person(given_names="A", family_name="B", country=kenya, by=hr) for _ in range(30)]
    assert all(re.fullmatch(r"[A-HJ-NP-Z]\d{6}", person.staff_number) for person in people)
    assert len({person.staff_number for person in people}) == 30
    assert not people[0].has_usable_password()


def test_create_person_takes_another_number_when_one_is_used(kenya, learner, monkeypatch):
    taken = int(learner.staff_number[1:])
    numbers = iter([taken, taken + 1])
    monkeypatch.setattr(services.random, "choice", lambda letters: learner.staff_number[0])
    monkeypatch.setattr(services.random, "randbelow", lambda end: next(numbers))
    made = services.create_person(given_names="A", family_name="B", country=kenya)
    assert made.staff_number == f"{learner.staff_number[0]}{taken + 1:06d}"


def test_post_person_twice_makes_one_posting(learner, site):
    first = services.post_person(learner, Role.OBSERVER, site=site)
    assert services.post_person(learner, Role.OBSERVER, site=site) == first


def test_a_slip_from_below_opens_no_office(learner, site, hr, trainer):
    """The trainer who printed it would else choose the password of an HR officer."""
    from_below = services.issue_one_time_code(learner, trainer).replace("-", "")
    services.post_person(learner, Role.OBSERVER, site=site, by=hr)
    assert services.find_open_code(learner.staff_number, from_below)
    services.post_person(learner, Role.TRAINER, by=hr)
    assert not services.find_open_code(learner.staff_number, from_below)
    own = services.issue_one_time_code(learner, hr).replace("-", "")
    services.post_person(learner, Role.REVIEWER, by=hr)
    assert services.find_open_code(learner.staff_number, own)


def test_post_person_refuses_a_site_of_another_country(learner, other_site, kenya):
    with pytest.raises(services.SiteOfAnotherCountry):
        services.post_person(learner, Role.LEARNER, country=kenya, site=other_site)


def test_end_posting_ends_it_once(learner, hr):
    posting = learner.postings.get()
    yesterday = timezone.localdate() - timedelta(days=1)
    learner.postings.update(starts_on=yesterday)
    posting.refresh_from_db()
    services.end_posting(posting, on=yesterday, by=hr)
    assert not learner.postings.current().exists()
    with pytest.raises(services.PostingIsOver):
        services.end_posting(posting, by=hr)


def test_end_posting_refuses_a_day_before_it_began(learner, hr):
    with pytest.raises(services.PostingIsOver):
        services.end_posting(learner.postings.get(), on=timezone.localdate() - timedelta(days=1), by=hr)


def test_issue_one_time_code_replaces_the_open_one(learner, trainer):
    first = services.issue_one_time_code(learner, trainer)
    second = services.issue_one_time_code(learner, trainer)
    assert re.fullmatch(r"\d{4}-\d{4}", second)
    assert not services.find_open_code(learner.staff_number, first.replace("-", ""))
    assert services.find_open_code(learner.staff_number, second.replace("-", "")).person == learner
    assert second.replace("-", "") not in OneTimeCode.objects.open().get().code_hash


def test_issue_one_time_code_forgives_wrong_tries(learner, trainer):
    tries = limits.elsewhere(learner.staff_number)
    tries.take()
    services.issue_one_time_code(learner, trainer)
    assert tries.left() == limits.TRIES


def test_find_open_code_is_of_this_person_only(learner, other_learner, trainer):
    digits = services.issue_one_time_code(learner, trainer).replace("-", "")
    assert services.find_open_code(other_learner.staff_number, digits) is None
    User.objects.filter(pk=learner.pk).update(is_active=False)
    assert services.find_open_code(learner.staff_number, digits) is None


def test_choose_secret_uses_the_code_up(learner, trainer):
    code = _code(learner, trainer)
    assert services.choose_secret(learner, code, PIN).check_password(PIN)
    with pytest.raises(services.CodeNotOpen):
        services.choose_secret(learner, code, "950362")
    learner.refresh_from_db()
    assert learner.check_password(PIN)


def test_choose_secret_refused_leaves_the_code_open(learner, trainer):
    code = _code(learner, trainer)
    with pytest.raises(ValidationError):
        services.choose_secret(learner, code, "123456")
    services.choose_secret(learner, code, PIN)


def test_choose_secret_after_the_code_ran_out(learner, trainer, time_machine):
    code = _code(learner, trainer)
    time_machine.move_to(timezone.now() + services.CODE_LIFETIME + timedelta(seconds=1))
    with pytest.raises(services.CodeNotOpen):
        services.choose_secret(learner, code, PIN)


def test_reset_secret_ends_every_session(client, learner, trainer):
    client.force_login(learner)
    services.reset_secret(learner, trainer)
    assert not client.get("/en/language/").wsgi_request.user.is_authenticated
    learner.refresh_from_db()
    assert not learner.has_usable_password()


def test_reset_secret_is_in_the_log_without_a_name(learner, trainer):
    code = services.reset_secret(learner, trainer)
    rows = ModelLogEntry.objects.filter(object_id=str(learner.pk))
    assert {row.action for row in rows} == {"people.reset_secret", "people.issue_code"}
    assert {(row.user, row.label) for row in rows} == {(trainer, learner.staff_number)}
    assert code not in str([row.data for row in rows])


def _code(person, by):
    return services.find_open_code(person.staff_number, services.issue_one_time_code(person, by).replace("-", ""))


def test_change_leaves_a_pin_that_she_chose_meanwhile(learner, hr):
    form_had_read = User.objects.get(pk=learner.pk)
    services.choose_secret(learner, None, PIN)
    form_had_read.family_name = "Odhiambo"
    services.change_person(form_had_read, hr, fields=["family_name"])
    learner.refresh_from_db()
    assert learner.family_name == "Odhiambo"
    assert learner.check_password(PIN)


def test_posting_begins_on_her_day_though_ours_has_turned(lesotho, monkeypatch):
    """Half past midnight in Nairobi, where it is done; half past eleven the evening before, where she works."""
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 21, 21, 30, tzinfo=UTC))
    one, another = make_person("Lerato", "Mokoena", "LS"), make_person("Palesa", "Ramaili", "LS")
    place = make_site("LS-009", country="LS")
    services.post_person(one, Role.LEARNER, site=place)
    many.post_learners([many.Arrival(another, place)], by=None)
    for person in (one, another):
        assert person.postings.get().starts_on == date(2026, 11, 21)
