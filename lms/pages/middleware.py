"""Which site a request is for. Wagtail asks the same with a query that costs a tenth of a lesson's page."""

from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils.functional import SimpleLazyObject
from wagtail.models import Site


def site(get_response):
    """Fills the place where Wagtail keeps its own answer, when somebody first asks for it."""

    def middleware(request: HttpRequest):
        request._wagtail_site = SimpleLazyObject(lambda: find_site(request))
        return get_response(request)

    return middleware


def find_site(request: HttpRequest) -> Site | None:
    """Wagtail's order: name and port, the default site of this name, the only site of this name, the default site."""
    name, port = split_domain_port(request._get_raw_host())[0], int(request.get_port())
    sites = list(Site._base_manager.select_related("root_page"))
    named = [site for site in sites if site.hostname == name]
    ranked = [
        *(site for site in named if site.port == port),
        *(site for site in named if site.is_default_site),
        *(named if len(named) == 1 else []),
        *(site for site in sites if site.is_default_site),
    ]
    return ranked[0] if ranked else None
