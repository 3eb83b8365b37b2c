"""Delivery reports and answers as the gateways post them: signed, twice, late, first."""

import pytest
from anymail.signals import AnymailTrackingEvent, tracking
from django.utils import timezone

from lms.messaging import delivery, services
from lms.messaging.models import Message, OptOut
from lms.messaging.signatures import twilio_signature

from .conftest import NUMBER, send_note

pytestmark = pytest.mark.django_db
State, Reason = Message.State, Message.Reason
BASE = "https://learn.example.org"


@pytest.fixture(autouse=True)
def accounts(settings):
    settings.BASE_URL, settings.TWILIO_AUTH_TOKEN, settings.AFRICASTALKING_TOKEN = BASE, "token", "long-random"


@pytest.fixture
def sent(message):
    sent = {"state": State.SENT, "sent_at": timezone.now(), "gateway": "twilio", "gateway_id": "SM1"}
    Message.objects.update(**sent)
    return message


def twilio(client, path, signature=None, **fields):
    signature = signature or twilio_signature("token", BASE + path, fields)
    return client.post(path, fields, headers={"X-Twilio-Signature": signature})


def report(client, message, status, sid="SM1", **fields):
    fields = {"MessageSid": sid, "MessageStatus": status, "To": NUMBER, "AccountSid": "AC1"} | fields
    return twilio(client, f"/messaging/twilio/{message.pk}/", **fields)


def africa(client, what="report", key="long-random", **fields):
    return client.post(f"/messaging/africastalking/{key}/{what}/", fields)


def state(message):
    message.refresh_from_db()
    return message.state


def test_signature_is_the_one_of_twilio_s_documentation():
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    fields = {"CallSid": "CA1234567890ABCDE", "Caller": "+12349013030", "Digits": "1234"}
    fields |= {"From": "+12349013030", "To": "+18005551212"}
    assert twilio_signature("12345", url, fields) == "0/KCTR6DLpKmkAf8muzZqo1nDgQ="


def test_report_says_delivered_and_when(client, sent):
    assert report(client, sent, "delivered").status_code == 204
    assert (state(sent), sent.delivered_at) == (State.DELIVERED, timezone.now())


@pytest.mark.parametrize("late", ["sent", "queued", "delivered", "undelivered", "failed"])
def test_delivered_stays_delivered(client, sent, late):
    report(client, sent, "delivered")
    report(client, sent, late)
    assert state(sent) == State.DELIVERED


def test_report_says_why_it_did_not_arrive(client, sent):
    report(client, sent, "undelivered", ErrorCode="30003")
    assert (state(sent), sent.reason, sent.reason_code) == (State.FAILED, Reason.UNDELIVERED, "30003")


def test_report_of_a_block_is_an_opt_out(client, sent):
    report(client, sent, "undelivered", ErrorCode="30004")
    assert (state(sent), services.is_opted_out("sms", NUMBER)) == (State.FAILED, True)


def test_report_before_the_answer_is_kept(client, message):
    """The worker has claimed it; the report comes before the gateway's answer is written down."""
    delivery._claim(message)
    report(client, message, "delivered")
    delivery._note_success(message, "twilio", "SM1")
    assert (state(message), message.gateway_id) == (State.DELIVERED, "SM1")


def test_report_after_a_lost_answer_stops_the_next_try(client, message):
    report(client, message, "sent")
    assert (state(message), message.gateway_id) == (State.SENT, "SM1")
    assert not delivery.deliver(message.pk)


def test_report_about_an_earlier_try_is_no_news(client, sent):
    report(client, sent, "failed")
    services.try_again(sent)
    report(client, sent, "failed")
    report(client, sent, "sent")
    assert state(sent) == State.QUEUED


def test_wrong_signature_changes_nothing(client, sent):
    assert report(client, sent, "delivered", signature="AAAA").status_code == 403
    forged = twilio_signature("other", f"{BASE}/messaging/twilio/{sent.pk}/", {})
    assert report(client, sent, "delivered", signature=forged).status_code == 403
    assert state(sent) == State.SENT


def test_doors_that_are_not_in_use_are_closed(client, sent, settings):
    settings.TWILIO_AUTH_TOKEN = settings.AFRICASTALKING_TOKEN = ""
    assert report(client, sent, "delivered").status_code == 403
    assert africa(client, id="x", status="Success").status_code == 403


@pytest.mark.parametrize("path", ["twilio/answer/", "africastalking/long-random/report/", "twilio/{}/"])
def test_doors_take_posts_only(client, sent, path):
    assert client.get(f"/messaging/{path.format(sent.pk)}").status_code == 405


def test_africastalking_reports_by_its_id(client, sent):
    Message.objects.update(gateway="africastalking", gateway_id="ATXid_1")
    assert africa(client, id="ATXid_1", status="Submitted", phoneNumber=NUMBER).status_code == 204
    assert state(sent) == State.SENT
    africa(client, id="ATXid_1", status="Success", phoneNumber=NUMBER)
    assert state(sent) == State.DELIVERED


def test_africastalking_says_why_it_did_not_arrive(client, sent):
    Message.objects.update(gateway="africastalking", gateway_id="ATXid_1")
    africa(client, id="ATXid_1", status="Rejected", failureReason="UserInBlackList")
    assert (state(sent), sent.reason, sent.reason_code) == (State.FAILED, Reason.OPTED_OUT, "UserInBlackList")
    assert services.is_opted_out("sms", NUMBER)


def test_africastalking_with_another_token_or_id_changes_nothing(client, sent):
    assert africa(client, key="guess", id="SM1", status="Success").status_code == 403
    assert africa(client, id="unknown", status="Success").status_code == 204
    assert africa(client, status="Success").status_code == 204
    assert state(sent) == State.SENT


@pytest.mark.parametrize("word", ["STOP", "stop ", "Arrêt", "ARRET.", "parar", "Acha!"])
def test_stop_is_heard_in_every_language(client, kenya, word):
    answer = twilio(client, "/messaging/twilio/answer/", From=NUMBER, Body=word)
    assert (answer.status_code, answer["Content-Type"], answer.content) == (200, "text/xml", b"<Response/>")
    assert services.is_opted_out("sms", NUMBER)
    africa(client, "answer", **{"from": NUMBER, "text": "Start"})
    assert not services.is_opted_out("sms", NUMBER)


def test_other_words_are_not_kept(client, kenya):
    africa(client, "answer", **{"from": NUMBER, "text": "Please stop at my house"})
    assert not OptOut.objects.exists()


def test_opt_out_keeps_no_number(kenya):
    services.opt_out("sms", NUMBER)
    assert NUMBER[1:] not in OptOut.objects.get().address_hash
    assert len(OptOut.objects.get().address_hash) == 64


def test_mail_provider_s_events_are_heard(kenya):
    message = send_note(channel="email", address="amina@example.org")
    Message.objects.update(state=State.SENT, sent_at=timezone.now(), gateway="email", gateway_id="<1@x>")
    tracking.send(None, event=AnymailTrackingEvent(event_type="delivered", message_id="<1@x>"), esp_name="x")
    assert state(message) == State.DELIVERED
    tracking.send(None, event=AnymailTrackingEvent(event_type="complained", message_id="<1@x>"), esp_name="x")
    assert (state(message), services.is_opted_out("email", "amina@example.org")) == (State.DELIVERED, True)


def test_mail_that_bounced_did_not_arrive(kenya):
    message = send_note(channel="email", address="amina@example.org")
    Message.objects.update(state=State.SENT, sent_at=timezone.now(), gateway="email", gateway_id="<1@x>")
    tracking.send(None, event=AnymailTrackingEvent(event_type="bounced", message_id="<1@x>"), esp_name="x")
    assert (state(message), message.reason) == (State.FAILED, Reason.ADDRESS)
