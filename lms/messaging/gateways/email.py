"""E-mail through Django's backend, which may be one of django-anymail's."""

import smtplib

from anymail.exceptions import AnymailError, AnymailInvalidAddress, AnymailRecipientsRefused
from django.core.mail import EmailMessage

from ..models import Message
from .wire import NotHandedOver, Reason

NAME = "email"


def hand_over(message: Message) -> str:
    mail = EmailMessage(message.subject, message.body, to=[message.address])
    try:
        mail.send()
    except (AnymailInvalidAddress, AnymailRecipientsRefused) as error:
        raise NotHandedOver(Reason.ADDRESS) from error
    except AnymailError as error:
        raise NotHandedOver(Reason.ACCOUNT, getattr(error, "status_code", None) or "") from error
    except smtplib.SMTPRecipientsRefused as error:
        code = max((code for code, _ in error.recipients.values()), default=0)
        raise NotHandedOver(Reason.ADDRESS if code >= 500 else Reason.BUSY, code) from error
    except smtplib.SMTPAuthenticationError as error:
        raise NotHandedOver(Reason.ACCOUNT, error.smtp_code) from error
    except smtplib.SMTPResponseException as error:
        raise NotHandedOver(Reason.BUSY, error.smtp_code) from error
    except OSError as error:  # smtplib's other errors, and the network's
        raise NotHandedOver(Reason.NO_ANSWER) from error
    # A backend of anymail leaves what its provider answered.
    return getattr(getattr(mail, "anymail_status", None), "message_id", None) or ""
