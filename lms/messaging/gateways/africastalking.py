"""Africa's Talking, bulk SMS: POST /version1/messaging. https://developers.africastalking.com/docs/sms/sending/bulk"""

from django.conf import settings

from ..models import Message
from .wire import NotHandedOver, Reason, post, read

NAME = "africastalking"

TAKEN = {100, 101, 102}  # processed, sent, queued
REASONS = {
    402: Reason.ACCOUNT,  # InvalidSenderId
    403: Reason.ADDRESS,  # InvalidPhoneNumber
    404: Reason.ADDRESS,  # UnsupportedNumberType
    405: Reason.ACCOUNT,  # InsufficientBalance
    406: Reason.OPTED_OUT,  # UserInBlacklist
    407: Reason.UNDELIVERED,  # CouldNotRoute
    409: Reason.OPTED_OUT,  # DoNotDisturbRejection
    500: Reason.BUSY,  # InternalServerError
    501: Reason.BUSY,  # GatewayError
    502: Reason.UNDELIVERED,  # RejectedByGateway
}


def hand_over(message: Message) -> str:
    form = {"username": settings.AFRICASTALKING_USERNAME, "to": message.address, "message": message.body}
    if settings.AFRICASTALKING_FROM:
        form["from"] = settings.AFRICASTALKING_FROM
    headers = {"apiKey": settings.AFRICASTALKING_API_KEY, "Accept": "application/json"}
    answer = read(post(f"{settings.AFRICASTALKING_URL}/version1/messaging", data=form, headers=headers))
    recipient = _recipient(answer)
    if recipient.get("statusCode") not in TAKEN:
        code = recipient.get("statusCode", "")
        raise NotHandedOver(REASONS.get(code, Reason.ACCOUNT), code)
    return str(recipient.get("messageId", ""))


def _recipient(answer: dict) -> dict:
    """The one that was asked for. A wrong sender is said in «Message», with no recipient at all."""
    try:
        return answer["SMSMessageData"]["Recipients"][0]
    except (KeyError, IndexError, TypeError) as error:
        raise NotHandedOver(Reason.ACCOUNT) from error
