"""From site to site, and from country to country."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from lms.learning.models import Cohort
from lms.learning.services import complete_unit, enrol
from lms.people import transfers
from lms.people.models import Posting, Role
from lms.people.services import SiteOfAnotherCountry
from tests.factories.learning import make_chain
from tests.factories.people import make_site, post

DAY = timedelta(days=1)


@pytest.fixture
def yesterday(learner):
    """She has been at her site for a while."""
    Posting.objects.filter(person=learner).update(starts_on=date(2026, 1, 1))
    return timezone.localdate() - DAY


def move(person, by, to, last_day, first_day=None):
    first_day = first_day or last_day + DAY
    return transfers.transfer(person, transfers.movable(person), to=to, last_day=last_day, first_day=first_day, by=by)


def places(person):
    rows = person.postings.order_by("starts_on", "pk").values_list("role", "site__code", "starts_on", "ends_on")
    return [tuple(row) for row in rows]


def test_a_move_ends_here_and_begins_there(learner, hr, yesterday):
    there = make_site("KE-002")
    move(learner, hr, there, yesterday)
    assert places(learner) == [
        (Role.LEARNER, "KE-001", date(2026, 1, 1), yesterday),
        (Role.LEARNER, "KE-002", yesterday + DAY, None),
    ]
    entry = ModelLogEntry.objects.get(action="people.transfer")
    assert (entry.user, entry.label, entry.data["to"]) == (hr, learner.staff_number, "KE-002")


def test_a_move_to_come_leaves_her_where_she_is_until_then(learner, hr, site, yesterday):
    there = make_site("KE-002")
    move(learner, hr, there, yesterday + 20 * DAY)
    assert learner.postings.current().get().site == site
    assert learner.postings.current(yesterday + 21 * DAY).get().site == there


def test_a_second_press_changes_nothing(observer, hr):
    Posting.objects.filter(person=observer).update(starts_on=date(2026, 1, 1))
    there = make_site("KE-002")
    for _ in range(2):
        move(observer, hr, there, timezone.localdate() - DAY)
    assert [(role, site) for role, site, *_ in places(observer)] == [("observer", "KE-001"), ("observer", "KE-002")]


def test_a_role_given_until_a_day_is_taken_along_until_that_day(learner, hr, yesterday):
    until = yesterday + 90 * DAY
    learner.postings.update(ends_on=until)
    move(learner, hr, make_site("KE-002"), yesterday)
    assert [row[-1] for row in places(learner)] == [yesterday, until]


def test_only_what_was_chosen_moves(learner, hr, site, yesterday):
    post(learner, Role.OBSERVER, site)
    chosen = transfers.movable(learner).filter(role=Role.LEARNER)
    there = make_site("KE-002")
    transfers.transfer(learner, chosen, to=there, last_day=yesterday, first_day=yesterday + DAY, by=hr)
    assert learner.postings.get(role=Role.OBSERVER).ends_on is None


def test_days_that_cross_and_sites_of_another_country_are_refused(learner, hr, other_site, yesterday):
    with pytest.raises(transfers.DaysCross):
        move(learner, hr, make_site("KE-002"), yesterday, first_day=yesterday)
    with pytest.raises(SiteOfAnotherCountry):
        move(learner, hr, other_site, yesterday)


def test_another_country_gets_her_record_and_her_postings_end(learner, hr, lesotho, yesterday):
    transfers.hand_over(learner, lesotho, last_day=yesterday, by=hr)
    learner.refresh_from_db()
    assert learner.country == lesotho
    assert not learner.postings.not_over().exists()
    with pytest.raises(transfers.SameCountry):
        transfers.hand_over(learner, lesotho, last_day=yesterday, by=hr)


def test_nobody_is_handed_over_ahead_or_in_office(learner, trainer, hr, lesotho, yesterday):
    with pytest.raises(transfers.NotYet):
        transfers.hand_over(learner, lesotho, last_day=yesterday + 9 * DAY, by=hr)
    with pytest.raises(transfers.HoldsOffice):
        transfers.hand_over(trainer, lesotho, last_day=yesterday, by=hr)


def test_her_enrolment_asks_what_the_new_country_asks(learner, hr, kenya, lesotho, curriculum, yesterday):
    programme, (tb, malaria, pressure), (lesson, _second, net, cuff) = make_chain(curriculum)
    cohort = Cohort.objects.create(
        name="March",
        country=kenya,
        programme_key=programme.translation_key,
        starts_on=date(2026, 3, 1),
        ends_on=date(2027, 3, 1),
    )
    enrolment = enrol(learner, programme, cohort=cohort)
    complete_unit(learner, lesson)
    transfers.hand_over(learner, lesotho, last_day=yesterday, by=hr)
    enrolment.refresh_from_db()
    rows = {row.unit_key: row for row in enrolment.requirements.all()}
    assert net.translation_key not in rows and cuff.translation_key in rows
    assert rows[lesson.translation_key].completion and enrolment.done_count == 1
    assert rows[cuff.translation_key].opens_after == [str(tb.translation_key)]
    assert enrolment.required_count == len(rows)
    assert (enrolment.country, enrolment.cohort, enrolment.due_on) == (lesotho, None, date(2027, 3, 1))


def test_what_she_has_done_stays_where_the_new_country_does_not_ask_for_it(learner, hr, lesotho, curriculum, yesterday):
    programme, _modules, (*_lessons, net, _cuff) = make_chain(curriculum)
    enrolment = enrol(learner, programme)
    complete_unit(learner, net)
    transfers.hand_over(learner, lesotho, last_day=yesterday, by=hr)
    assert enrolment.requirements.last().unit_key == net.translation_key


def test_a_programme_with_nothing_left_there_is_complete(learner, hr, lesotho, curriculum, yesterday):
    programme, _modules, lessons = make_chain(curriculum)
    enrolment = enrol(learner, programme)
    net = lessons[2]
    for unit in [*lessons, curriculum.quiz, curriculum.practical]:
        if unit != net:
            complete_unit(learner, unit)
    enrolment.refresh_from_db()
    assert enrolment.completed_at is None
    transfers.hand_over(learner, lesotho, last_day=yesterday, by=hr)
    enrolment.refresh_from_db()
    assert enrolment.completed_at and enrolment.certificates.exists()
