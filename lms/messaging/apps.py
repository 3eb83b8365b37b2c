from anymail.signals import tracking
from django.apps import AppConfig
from django.core.checks import register


class MessagingConfig(AppConfig):
    name = "lms.messaging"
    label = "messaging"
    verbose_name = "Messages"

    def ready(self):
        from . import checks, receivers

        register(checks.gateway_has_its_settings)
        tracking.connect(receivers.note_event, dispatch_uid="messaging.note_event")
