from django.apps import AppConfig
from django.core.checks import register


class CertificatesConfig(AppConfig):
    name = "certificates"

    def ready(self):
        from . import receivers  # noqa: F401  connects programme_completed
        from .keys import system_check

        register(system_check.keys_are_kept, deploy=True)
