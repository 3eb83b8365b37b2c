"""A message on its way, against a server that speaks as Africa's Talking does."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lms.core.models import Country
from lms.messaging import delivery, services, tasks
from lms.messaging.gateways import wire
from lms.messaging.models import Message
from lms.messaging.tasks import sweep

from .conftest import NUMBER, send_code, send_note, work

pytestmark = pytest.mark.django_db
State, Reason = Message.State, Message.Reason
BUSY = (503, {})


def taken(code=101, **fields):
    recipient = {"statusCode": code, "number": NUMBER, "status": "Success", "cost": "KES 0.8", "messageId": "ATXid_1"}
    return (201, {"SMSMessageData": {"Message": "Sent to 1/1", "Recipients": [recipient | fields]}})


@pytest.fixture(autouse=True)
def gateway(fake_gateway, settings):
    settings.SMS_GATEWAY, settings.AFRICASTALKING_URL = "africastalking", fake_gateway.url
    settings.AFRICASTALKING_USERNAME, settings.AFRICASTALKING_API_KEY = "lms", "key"
    fake_gateway.answer = taken()
    return fake_gateway


def test_delivery_goes_from_waiting_to_sent(message, gateway):
    work()
    message.refresh_from_db()
    assert (message.state, message.gateway, message.gateway_id) == (State.SENT, "africastalking", "ATXid_1")
    assert (message.tries, message.sent_at, message.body) == (1, timezone.now(), "Hello Amina, see you on Monday.")


def test_delivery_twice_sends_once(message, gateway):
    assert (delivery.deliver(message.pk), delivery.deliver(message.pk)) == (True, False)
    assert len(gateway.requests) == 1


def test_two_workers_that_read_the_same_message_send_it_once(message, gateway):
    """Both have read it as due before either claims it."""
    first, second = (Message.objects.due().get(pk=message.pk) for _ in range(2))
    assert (delivery._claim(first), delivery._claim(second)) == (True, False)


def test_what_a_kill_left_is_tried_again_after_the_lease(message, gateway, noon):
    delivery._claim(message)
    for minutes, state in ((9, State.SENDING), (2, State.SENT)):
        noon.move_to(timezone.now() + timedelta(minutes=minutes))
        sweep()
        work()
        message.refresh_from_db()
        assert message.state == state


def test_kills_without_end_are_given_up(message, gateway):
    Message.objects.update(state=State.SENDING, tries=6, next_try_at=timezone.now())
    assert not delivery.deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, message.reason, gateway.requests) == (State.FAILED, Reason.OURS, [])


def test_pauses_grow_and_the_last_failure_says_why(message, gateway, noon):
    gateway.answer, pauses = BUSY, []
    Country.objects.update(quiet_from="00:00", quiet_until="00:00")
    while delivery.deliver(message.pk) is False:
        message.refresh_from_db()
        if message.state == State.FAILED:
            break
        pauses.append(message.next_try_at - timezone.now())
        noon.move_to(message.next_try_at)
    assert [pause.total_seconds() / 60 for pause in pauses] == [1, 5, 30, 120, 360]
    assert (message.tries, message.reason, message.reason_code) == (6, Reason.BUSY, "503")


def test_another_try_keeps_the_quiet_hours(message, gateway, noon):
    noon.move_to("2026-03-02T16:59:30Z")  # 19:59:30
    gateway.answer = BUSY
    delivery.deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, message.next_try_at.isoformat()) == (State.QUEUED, "2026-03-03T04:00:00+00:00")


def test_quiet_hours_that_began_meanwhile_hold_it_without_counting_a_try(message, gateway, noon):
    noon.move_to("2026-03-02T18:00:00Z")
    assert not delivery.deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, message.tries, gateway.requests) == (State.QUEUED, 0, [])
    noon.move_to("2026-03-03T04:00:00Z")
    sweep()
    work()
    assert len(gateway.requests) == 1


def test_stop_that_came_meanwhile_is_kept(message, gateway):
    services.opt_out("sms", NUMBER)
    work()
    message.refresh_from_db()
    assert (message.state, message.reason, gateway.requests) == (State.REFUSED, Reason.OPTED_OUT, [])


def test_wrong_number_fails_at_once(message, gateway):
    gateway.answer = taken(403, status="InvalidPhoneNumber")
    work()
    message.refresh_from_db()
    assert (message.state, message.reason, message.reason_code, message.tries) == (
        State.FAILED,
        Reason.ADDRESS,
        "403",
        1,
    )


def test_opted_out_at_the_gateway_is_opted_out_here(message, gateway):
    gateway.answer = taken(406, status="UserInBlacklist")
    work()
    assert services.is_opted_out("sms", NUMBER)
    assert send_note().state == State.REFUSED


def test_secret_is_erased_once_it_is_handed_over_and_not_before(kenya, gateway, noon):
    message = send_code()
    gateway.answer = BUSY
    work()
    message.refresh_from_db()
    assert (message.state, message.body) == (State.QUEUED, "Code: 123456")
    gateway.answer = taken()
    noon.move_to(message.next_try_at)
    sweep()
    work()
    message.refresh_from_db()
    assert (message.state, message.body, gateway.form["message"]) == (State.SENT, "", "Code: 123456")


def test_secret_that_failed_is_erased(kenya, gateway):
    message = send_code()
    gateway.answer = taken(403)
    work()
    message.refresh_from_db()
    assert (message.state, message.body) == (State.FAILED, "")


def test_fault_of_ours_is_a_try_too(message, gateway, monkeypatch, caplog):
    gateway.answer = (201, {"SMSMessageData": {"Recipients": [7]}})
    work()
    message.refresh_from_db()
    assert (message.state, message.reason) == (State.QUEUED, Reason.OURS)
    assert NUMBER not in caplog.text


def test_sweep_enqueues_one_task_for_all_that_is_due(kenya, gateway, noon):
    noon.move_to("2026-03-02T18:00:00Z")
    for _ in range(3):
        send_note()
    sweep()
    noon.move_to("2026-03-03T05:00:00Z")
    sweep()
    sweep()
    work()
    assert len(gateway.requests) == 3
    assert not Message.objects.exclude(state=State.SENT).exists()


def test_gateway_that_is_slow_leaves_room_between_messages(kenya, gateway, monkeypatch):
    """After a while another task goes on, behind whatever is urgent."""
    monkeypatch.setattr(tasks, "LONGEST", -1)
    services.send_all("test_code", [services.Letter("sms", NUMBER, context={"code": "1"})] * 3)
    assert tasks.deliver_due.call() == 1
    work()
    assert len(gateway.requests) == 3


def test_answer_that_is_lost_is_tried_again(message, gateway, monkeypatch):
    monkeypatch.setattr(wire, "TIMEOUTS", (10, 1))
    gateway.hangs.clear()
    work()
    gateway.hangs.set()
    message.refresh_from_db()
    assert (message.state, message.reason, len(gateway.requests)) == (State.QUEUED, Reason.NO_ANSWER, 1)
