"""How allauth.mfa behaves here: secrets are encrypted at rest, names come from settings, nothing is e-mailed."""

import base64
import hmac
import logging
from urllib.parse import urlsplit

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)
PURPOSE = b"lms.people.second_step"


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That code is not right. Wait for the next one and type that."),
        "unreadable": _("Your second step can no longer be read here. Ask an administrator to reset it."),
    }

    def get_totp_label(self, user):
        return user.staff_number

    def get_totp_issuer(self):
        return settings.PRODUCT_NAME

    def encrypt(self, text):
        return _vault().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        """With SECRET_KEY or one of its fallbacks. Where all are lost, a sentence and not an error."""
        try:
            return _vault().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as error:
            logger.error("A second step was encrypted with a SECRET_KEY that is not known here.")
            raise self.validation_error("unreadable") from error

    def send_notification_mail(self, *args, **kwargs):
        """None: the audit log tells, and mail would name an account."""

    def get_public_key_credential_rp_entity(self):
        return {"id": urlsplit(settings.BASE_URL).hostname, "name": settings.PRODUCT_NAME}

    def get_public_key_credential_user_entity(self, user):
        """Under her staff number: the phone's own list of passkeys shows no name."""
        number = user.staff_number
        return {"id": user_pk_to_url_str(user).encode(), "display_name": number, "name": number}


def _vault() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    return base64.urlsafe_b64encode(hmac.digest(key.encode(), PURPOSE, "sha256"))
