"""`manage.py check`: a gateway that is chosen has what it needs, before the first message fails."""

from django.conf import settings
from django.core.checks import Error

from .gateways import SMS_GATEWAYS

NEEDED = {
    "africastalking": ("AFRICASTALKING_USERNAME", "AFRICASTALKING_API_KEY", "AFRICASTALKING_TOKEN"),
    "twilio": ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_FROM"),
}


def gateway_has_its_settings(app_configs, **kwargs) -> list[Error]:
    chosen = settings.SMS_GATEWAY
    if chosen not in SMS_GATEWAYS:
        names = ", ".join(SMS_GATEWAYS)
        return [Error(f"SMS_GATEWAY is «{chosen}», which is none of: {names}.", id="messaging.E001")]
    missing = [name for name in NEEDED.get(chosen, ()) if not getattr(settings, name)]
    return [Error(f"SMS_GATEWAY is «{chosen}»: set {name}.", id="messaging.E002") for name in missing]
