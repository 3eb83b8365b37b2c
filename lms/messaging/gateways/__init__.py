"""Ways out, one module each: `NAME` and `hand_over(message)`, which returns the gateway's own id or raises."""

from types import ModuleType

from django.conf import settings

from ..models import Channel
from . import africastalking, console, email, twilio
from .wire import NotHandedOver

__all__ = ["SMS_GATEWAYS", "NotHandedOver", "gateway_for"]

SMS_GATEWAYS = {module.NAME: module for module in (console, africastalking, twilio)}


def gateway_for(channel: Channel | str) -> ModuleType:
    """The one that the settings choose. Mail that would only be printed is printed as neutrally as an SMS."""
    if channel == Channel.SMS:
        return SMS_GATEWAYS[settings.SMS_GATEWAY]
    return console if settings.EMAIL_BACKEND.endswith(".console.EmailBackend") else email
