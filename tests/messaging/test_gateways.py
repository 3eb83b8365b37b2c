"""What the gateways are sent and how their answers are understood, over a wire."""

import base64
import smtplib

import pytest
from anymail.exceptions import AnymailRecipientsRefused
from django.core import mail

from lms.messaging.checks import gateway_has_its_settings
from lms.messaging.gateways import NotHandedOver, africastalking, console, email, gateway_for, twilio, wire
from lms.messaging.models import Message

from .conftest import NUMBER, send_code, send_note

pytestmark = pytest.mark.django_db
Reason = Message.Reason


@pytest.fixture
def africa(fake_gateway, settings):
    settings.AFRICASTALKING_URL, settings.AFRICASTALKING_FROM = fake_gateway.url, "HEALTH"
    settings.AFRICASTALKING_USERNAME, settings.AFRICASTALKING_API_KEY = "lms", "the-key"
    return fake_gateway


@pytest.fixture
def twilio_server(fake_gateway, settings):
    settings.TWILIO_URL, settings.BASE_URL = fake_gateway.url, "https://learn.example.org"
    settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN, settings.TWILIO_FROM = "AC1", "token", "+15005550006"
    fake_gateway.answer = (201, {"sid": "SM1", "status": "queued", "error_code": None, "num_segments": "1"})
    return fake_gateway


def refused(gateway, message) -> tuple:
    with pytest.raises(NotHandedOver) as raised:
        gateway.hand_over(message)
    return raised.value.reason, raised.value.code, raised.value.for_good


def recipient(code, status, key="ATXid_1"):
    row = {"statusCode": code, "number": NUMBER, "status": status, "cost": "0", "messageId": key}
    return (201, {"SMSMessageData": {"Message": "Sent to 1/1 Total Cost: KES 0.8000", "Recipients": [row]}})


def test_africastalking_gets_a_form_and_the_key_in_a_header(message, africa):
    africa.answer = recipient(101, "Success")
    assert africastalking.hand_over(message) == "ATXid_1"
    request = africa.requests[0]
    assert (request["path"], request["headers"]["apiKey"]) == ("/version1/messaging", "the-key")
    assert request["headers"]["Accept"] == "application/json"
    assert africa.form == {"username": "lms", "to": NUMBER, "message": message.body, "from": "HEALTH"}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (recipient(403, "InvalidPhoneNumber", "None"), (Reason.ADDRESS, "403", True)),
        (recipient(406, "UserInBlacklist", "None"), (Reason.OPTED_OUT, "406", True)),
        (recipient(405, "InsufficientBalance", "None"), (Reason.ACCOUNT, "405", False)),
        (recipient(501, "GatewayError", "None"), (Reason.BUSY, "501", False)),
        ((201, {"SMSMessageData": {"Message": "InvalidSenderId", "Recipients": []}}), (Reason.ACCOUNT, "", False)),
        ((401, "The supplied authentication is invalid"), (Reason.ACCOUNT, "401", False)),
        ((429, "Too many"), (Reason.BUSY, "429", False)),
        ((500, "Oops"), (Reason.BUSY, "500", False)),
        ((201, "<html>"), (Reason.NO_ANSWER, "201", False)),
        ((201, "[1]"), (Reason.NO_ANSWER, "201", False)),
    ],
)
def test_africastalking_says_why_not(message, africa, answer, expected):
    africa.answer = answer
    assert refused(africastalking, message) == expected


def test_twilio_gets_a_form_with_basic_auth_and_where_to_report(message, twilio_server):
    assert twilio.hand_over(message) == "SM1"
    request = twilio_server.requests[0]
    assert request["path"] == "/2010-04-01/Accounts/AC1/Messages.json"
    assert request["headers"]["Authorization"] == "Basic " + base64.b64encode(b"AC1:token").decode()
    callback = f"https://learn.example.org/messaging/twilio/{message.pk}/"
    sent = {"To": NUMBER, "From": "+15005550006", "Body": message.body, "StatusCallback": callback}
    assert twilio_server.form == sent


def test_twilio_messaging_service_takes_the_sender_s_place(message, twilio_server, settings):
    settings.TWILIO_FROM = "MG0123"
    twilio.hand_over(message)
    assert twilio_server.form["MessagingServiceSid"] == "MG0123"
    assert "From" not in twilio_server.form


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ((400, {"code": 21211, "message": f"Invalid 'To' {NUMBER}", "status": 400}), (Reason.ADDRESS, "21211", True)),
        ((400, {"code": 21610, "message": "Unsubscribed", "status": 400}), (Reason.OPTED_OUT, "21610", True)),
        ((400, {"code": 21606, "message": "Not your From", "status": 400}), (Reason.ACCOUNT, "21606", False)),
        ((401, {"code": 20003, "message": "Authenticate", "status": 401}), (Reason.ACCOUNT, "20003", False)),
        ((429, {"code": 20429, "message": "Too Many Requests", "status": 429}), (Reason.BUSY, "429", False)),
        ((503, "Unavailable"), (Reason.BUSY, "503", False)),
        ((201, {"sid": "SM1", "status": "failed", "error_code": 30006}), (Reason.ADDRESS, "30006", True)),
        ((201, {}), (Reason.ACCOUNT, "", False)),
    ],
)
def test_twilio_says_why_not(message, twilio_server, answer, expected):
    twilio_server.answer = answer
    assert refused(twilio, message) == expected


def test_connection_that_is_reset_is_no_answer(message, twilio_server):
    twilio_server.hangs_up = True
    assert refused(twilio, message) == (Reason.NO_ANSWER, "", False)


def test_server_that_hangs_is_no_answer(message, twilio_server, monkeypatch):
    monkeypatch.setattr(wire, "TIMEOUTS", (0.2, 0.2))
    twilio_server.hangs.clear()
    assert refused(twilio, message) == (Reason.NO_ANSWER, "", False)


def test_server_that_is_gone_is_no_answer(message, twilio_server, settings):
    settings.TWILIO_URL = "http://127.0.0.1:1"
    assert refused(twilio, message) == (Reason.NO_ANSWER, "", False)


def test_console_says_neither_number_nor_words(kenya, capsys, settings):
    console.hand_over(send_code())
    said = capsys.readouterr().out
    assert "test_code" in said
    assert NUMBER not in said and "123456" not in said
    settings.PRINT_MESSAGES = True
    console.hand_over(send_code())
    assert "Code: 123456" in capsys.readouterr().out


def test_mail_goes_through_django_s_backend(kenya, mailoutbox):
    email.hand_over(send_note(channel="email", address="amina@example.org"))
    assert [(sent.to, sent.subject) for sent in mailoutbox] == [(["amina@example.org"], "A reminder")]


def test_mail_that_would_only_be_printed_is_printed_neutrally(settings):
    assert gateway_for("email") is email
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert gateway_for("email") is console


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (smtplib.SMTPRecipientsRefused({"a@example.org": (550, b"No such user")}), (Reason.ADDRESS, "550", True)),
        (smtplib.SMTPRecipientsRefused({"a@example.org": (450, b"Later")}), (Reason.BUSY, "450", False)),
        (smtplib.SMTPAuthenticationError(535, b"No"), (Reason.ACCOUNT, "535", False)),
        (smtplib.SMTPServerDisconnected("gone"), (Reason.NO_ANSWER, "", False)),
        (TimeoutError(), (Reason.NO_ANSWER, "", False)),
        (AnymailRecipientsRefused("a@example.org"), (Reason.ADDRESS, "", True)),
    ],
)
def test_mail_says_why_not(kenya, monkeypatch, error, expected):
    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr(mail.EmailMessage, "send", fail)
    assert refused(email, send_note(channel="email", address="a@example.org")) == expected


def test_gateway_without_its_settings_is_an_error_of_check(settings):
    assert gateway_has_its_settings(None) == []
    settings.SMS_GATEWAY = "twilio"
    assert [error.id for error in gateway_has_its_settings(None)] == ["messaging.E002"] * 3
    settings.TWILIO_ACCOUNT_SID = settings.TWILIO_AUTH_TOKEN = settings.TWILIO_FROM = "x"
    assert gateway_has_its_settings(None) == []
    settings.SMS_GATEWAY = "pigeon"
    assert [error.id for error in gateway_has_its_settings(None)] == ["messaging.E001"]
