"""Small doors every request passes: the health check first, the content security policy last."""

from csp.middleware import CSPMiddleware
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware

from . import health


def health_check(get_response):
    """Answers /healthz before hosts, sessions and sign-in are looked at."""

    def middleware(request: HttpRequest):
        return health.respond() if request.path == "/healthz" else get_response(request)

    return middleware


class LanguageOfPath(LocaleMiddleware):
    """Sends what is not found to its address with a language, but for addresses that have none: there it is a 404."""

    def process_response(self, request, response):
        if request.path.startswith(("/cms/", "/api/", "/status/")):
            return response
        return super().process_response(request, response)


class ContentSecurityPolicy(CSPMiddleware):
    """Strict for everyone; left out under /cms/, where Wagtail's editor runs inline scripts."""

    def process_response(self, request, response):
        if request.path.startswith("/cms/"):
            return response
        return super().process_response(request, response)
