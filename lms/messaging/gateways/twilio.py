"""Twilio: POST /2010-04-01/Accounts/{Sid}/Messages.json. https://www.twilio.com/docs/messaging/api/message-resource"""

from django.conf import settings
from django.urls import reverse

from ..models import Message
from .wire import NotHandedOver, Reason, post, read

NAME = "twilio"

REASONS = {
    21211: Reason.ADDRESS,  # invalid To
    21214: Reason.ADDRESS,  # To cannot be reached
    21217: Reason.ADDRESS,  # no phone number
    21263: Reason.ADDRESS,  # To is a short code
    21265: Reason.ADDRESS,  # To is a short code
    21266: Reason.ADDRESS,  # To and From are the same
    21610: Reason.OPTED_OUT,  # answered STOP
    21612: Reason.UNDELIVERED,  # no route
    21614: Reason.ADDRESS,  # not a mobile number
    21635: Reason.ADDRESS,  # a landline
    30003: Reason.UNDELIVERED,  # handset out of reach
    30004: Reason.OPTED_OUT,  # blocked by the receiver
    30005: Reason.ADDRESS,  # unknown handset
    30006: Reason.ADDRESS,  # landline
}


def hand_over(message: Message) -> str:
    sender = "MessagingServiceSid" if settings.TWILIO_FROM.startswith("MG") else "From"
    form = {
        "To": message.address,
        "Body": message.body,
        sender: settings.TWILIO_FROM,
        "StatusCallback": settings.BASE_URL + reverse("messaging:twilio-report", args=[message.pk]),
    }
    account = settings.TWILIO_ACCOUNT_SID
    url = f"{settings.TWILIO_URL}/2010-04-01/Accounts/{account}/Messages.json"
    answer = post(url, data=form, auth=(account, settings.TWILIO_AUTH_TOKEN))
    found = read(answer)
    code = found.get("error_code") or (None if answer.ok else found.get("code", answer.status_code))
    if code or not found.get("sid"):
        raise NotHandedOver(reason_of(code), code or "")
    return found["sid"]


def reason_of(code: int | str | None) -> Reason:
    """What one of Twilio's error codes means for us; where it is none about the receiver, our account's."""
    return REASONS.get(int(code), Reason.ACCOUNT) if str(code).isdigit() else Reason.ACCOUNT
