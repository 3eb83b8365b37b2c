"""One message to many: whom it reaches, at what price, once each, also after a kill."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from lms.core.models import Country
from lms.messaging.models import Message
from lms.messaging.services import opt_out
from lms.people import broadcasts, reach
from lms.people.models import Broadcast, Role, User
from tests.factories.people import make_person, post

pytestmark = pytest.mark.django_db
State = Message.State


@pytest.fixture(autouse=True)
def noon(time_machine):
    """A Monday, noon in Nairobi: nothing is quiet."""
    time_machine.move_to("2026-03-02T09:00:00Z", tick=False)
    return time_machine


@pytest.fixture
def people(site):
    """Three learners: by SMS, by e-mail, and with no address."""
    rows = [
        make_person("Amina", "One", phone="+254711000001"),
        make_person("Beatrice", "Two", email="two@example.org"),
        make_person("Caro", "Three"),
    ]
    for person in rows:
        post(person, Role.LEARNER, site)
    return rows


@pytest.fixture
def written(hr, people):
    begun = broadcasts.begin_broadcast(hr, [person.pk for person in people])
    return broadcasts.write_broadcast(begun, subject="Monday", words="We meet on Monday at nine.")


def send(broadcast, by):
    return broadcasts.send_broadcast(broadcast, by=by, expected=broadcasts.digest_of(broadcast))


def tasks():
    return DBTaskResult.objects.filter(task_path=broadcasts.run_broadcast.module_path)


def run(broadcast):
    written = broadcasts.run_broadcast.call(str(broadcast.pk))
    broadcast.refresh_from_db()
    return written


def test_begin_takes_only_whom_she_sees(hr, people, lesotho_learner):
    begun = broadcasts.begin_broadcast(hr, User.objects.filter(pk__in=[people[0].pk, lesotho_learner.pk]))
    assert (begun.people, begun.people_count) == ([str(people[0].pk)], 1)


@pytest.mark.parametrize("who", ["learner", "observer", "reviewer"])
def test_begin_is_for_those_who_lead_people(request, who, people):
    with pytest.raises(PermissionDenied):
        broadcasts.begin_broadcast(request.getfixturevalue(who), people)


def test_broadcast_is_its_sender_s_and_the_administrator_s(written, hr, trainer, administrator):
    assert broadcasts.broadcast_for(hr, written.pk) == broadcasts.broadcast_for(administrator, written.pk)
    with pytest.raises(Http404):
        broadcasts.broadcast_for(trainer, written.pk)


def test_reach_says_how_many_and_who_is_not_reached(written, people):
    opt_out("email", "two@example.org")
    found = reach.reach_of(written)
    assert (found.sms, found.emails, found.missed, found.gone) == (1, 0, 2, 0)
    assert dict(found.unreached) == {people[1]: reach.OPTED_OUT, people[2]: reach.NO_ADDRESS}


def test_reach_reckons_the_price_of_each_country(written, people):
    Country.objects.filter(pk="KE").update(sms_price=Decimal("0.0080"), sms_currency="USD")
    written.words = "a" * 200
    (cost,) = reach.reach_of(written).costs
    assert (cost.country.pk, cost.sms, cost.segments, cost.all_segments) == ("KE", 1, 2, 2)
    assert (cost.price, reach.reach_of(written).totals) == (Decimal("0.0160"), {"USD": Decimal("0.0160")})


def test_reach_without_a_price_says_none_and_sums_nothing(written):
    (cost,) = reach.reach_of(written).costs
    assert (cost.price, reach.reach_of(written).totals) == (None, {})


def test_reach_says_until_when_it_is_quiet_there(written, noon):
    noon.move_to("2026-03-02T18:00:00Z")
    (cost,) = reach.reach_of(written).costs
    assert cost.quiet_until.isoformat() == "2026-03-03T07:00:00+03:00"


def test_reach_takes_as_many_queries_for_three_as_for_one(hr, people):
    counts = []
    for some in (people[:1], people):
        begun = broadcasts.begin_broadcast(hr, [person.pk for person in some])
        with CaptureQueriesContext(connection) as queries:
            reach.reach_of(begun)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_send_writes_one_message_each_with_her_words(written, hr, people):
    send(written, hr)
    assert run(written) == 2
    rows = {message.about: message for message in Message.objects.filter(batch=written.pk)}
    assert set(rows) == {people[0].pk, people[1].pk}
    assert (rows[people[0].pk].body, rows[people[0].pk].subject) == ("We meet on Monday at nine.", "")
    assert (rows[people[1].pk].channel, rows[people[1].pk].subject) == ("email", "Monday")
    assert (written.done_count, written.finished_at) == (3, timezone.now())


def test_send_twice_enqueues_once_and_writes_once(written, hr):
    first = send(written, hr)
    assert (send(written, hr).sent_at, tasks().count()) == (first.sent_at, 1)
    assert (run(written), run(written), Message.objects.count()) == (2, 0, 2)


def test_send_of_other_words_than_she_read_is_refused(written, hr):
    read = broadcasts.digest_of(written)
    broadcasts.write_broadcast(written, subject="Monday", words="Other words")
    with pytest.raises(broadcasts.WordsChanged):
        broadcasts.send_broadcast(written, by=hr, expected=read)
    assert not tasks().exists()


def test_send_without_words_is_refused(hr, people):
    begun = broadcasts.begin_broadcast(hr, [people[0].pk])
    with pytest.raises(broadcasts.NoWords):
        send(begun, hr)


def test_words_cannot_change_once_it_is_sent(written, hr):
    send(written, hr)
    with pytest.raises(broadcasts.IsSent):
        broadcasts.write_broadcast(written, subject="", words="Too late")


def test_run_asks_again_whom_she_may_see(written, hr, people, other_site):
    """Between writing and sending, one moved to another country and one left."""
    send(written, hr)
    people[0].postings.update(site=other_site, country="LS")
    User.objects.filter(pk=people[0].pk).update(country="LS")
    User.objects.filter(pk=people[1].pk).update(is_active=False)
    assert (run(written), Message.objects.count(), written.done_count) == (0, 0, 3)


def test_run_writes_nothing_for_a_sender_who_lost_her_posting(written, hr):
    send(written, hr)
    hr.postings.all().delete()
    assert (run(written), Message.objects.count()) == (0, 0)


def test_run_goes_on_after_a_kill(written, hr, monkeypatch, noon):
    """The second lot is killed: neither its messages nor its count stay."""
    monkeypatch.setattr(broadcasts, "AT_ONCE", 1)
    send(written, hr)
    tasks().delete()
    written_of_first = broadcasts._write_some(written.pk)
    noon.move_to(timezone.now() + timedelta(minutes=11))
    broadcasts.resume_broadcasts()
    broadcasts.resume_broadcasts()
    assert tasks().count() == 1
    assert (written_of_first + run(written), Message.objects.count()) == (2, 2)
    tasks().delete()
    broadcasts.resume_broadcasts()
    assert not tasks().exists()


def test_cancel_stops_it_and_takes_out_what_has_not_left(written, hr, monkeypatch):
    send(written, hr)
    run(written)
    Message.objects.filter(channel="sms").update(state=State.SENT, sent_at=timezone.now())
    assert broadcasts.cancel_broadcast(written, by=hr) == 1
    assert broadcasts.cancel_broadcast(written, by=hr) == 0
    assert sorted(Message.objects.values_list("state", flat=True)) == [State.CANCELLED, State.SENT]
    with pytest.raises(broadcasts.IsSent):
        send(written, hr)


def test_cancel_before_the_task_ran_writes_nothing(written, hr):
    send(written, hr)
    broadcasts.cancel_broadcast(written, by=hr)
    assert (run(written), Message.objects.count()) == (0, 0)


def test_old_ones_lose_their_words_and_drafts_go(written, hr, people, noon):
    broadcasts.begin_broadcast(hr, [people[0].pk])
    send(written, hr)
    run(written)
    noon.move_to(timezone.now() + timedelta(days=8))
    broadcasts.forget_broadcasts()
    assert Broadcast.objects.get().words == "We meet on Monday at nine."
    noon.move_to(timezone.now() + timedelta(days=90))
    broadcasts.forget_broadcasts()
    left = Broadcast.objects.get()
    assert (left.words, left.subject, left.people, left.people_count) == ("", "", [], 3)


def test_writing_ten_times_as_many_takes_no_more_queries(hr, site):
    counts = []
    for size in (3, 30):
        rows = [make_person("A", "B", phone=f"+2547110{size:02}{n:03}") for n in range(size)]
        begun = broadcasts.begin_broadcast(hr, [row.pk for row in rows])
        send(broadcasts.write_broadcast(begun, subject="", words="Hello"), hr)
        with CaptureQueriesContext(connection) as queries:
            assert broadcasts._write_some(begun.pk) == size
        counts.append(len(queries))
    assert counts[0] == counts[1]
