"""The table of a country's values in the admin, and the overview of the countries one may write."""

from django.contrib.auth.decorators import permission_required
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import get_language_info, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from lms.core.models import Country

from ..country_keys import CountryKey
from ..permissions import may_confirm_value, may_write_value
from .services import Table, TableNotSaved, languages_of, save_table

HOME = {"url": reverse_lazy("wagtailadmin_home"), "label": gettext_lazy("Home")}
LIST = {
    "url": reverse_lazy("wagtailsnippets_curriculum_countryvalue:list"),
    "label": gettext_lazy("Country values"),
}
MAY = "curriculum.change_countryvalue"


@permission_required(MAY, raise_exception=True)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Each country that she may write, how much is filled in and how much its lead has confirmed."""
    counted = Country.objects.annotate(
        filled=Count("values", filter=~Q(values__value="")),
        confirmed=Count("values", filter=~Q(values__value="") & Q(values__confirmed_on__isnull=False)),
    )
    countries = [country for country in counted if may_write_value(request.user, country.pk)]
    for country in countries:
        country.cells = len(CountryKey.values) * len(languages_of(country))
    return _page(request, "country_tables", _("Tables of countries"), [], countries=countries)


@permission_required(MAY, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def table(request: HttpRequest, code: str) -> HttpResponse:
    """The whole table at once; what cannot be saved is said beside its cell, and nothing is saved then."""
    country = Country.objects.filter(pk=code).first()
    if country is None or not may_write_value(request.user, country.pk):
        raise Http404
    if request.method != "POST":
        return _shown(request, Table(country))
    try:
        count = save_table(country, request.POST, by=request.user)
    except TableNotSaved as refusal:
        messages.error(request, _("Nothing is saved yet: look at the cells with a red line."))
        return _shown(request, refusal.table)
    words = ngettext("%(count)d value of %(country)s saved.", "%(count)d values of %(country)s saved.", count)
    messages.success(request, words % {"count": count, "country": country})
    return redirect("country_values:table", code)


def _shown(request: HttpRequest, shown: Table) -> HttpResponse:
    country = shown.country
    languages = [get_language_info(code)["name_local"].capitalize() for code in shown.languages]
    rows = [(label, list(zip(cells, languages, strict=True))) for label, cells in shown.by_key()]
    context = {
        "country": country,
        "rows": rows,
        "wrong": [(label, name, cell) for label, cells in rows for cell, name in cells if cell.errors],
        "languages": languages,
        "may_confirm": may_confirm_value(request.user, country.pk),
    }
    above = [{"url": reverse("country_values:overview"), "label": _("Tables of countries")}]
    return _page(request, "country_table", _("Values of %(country)s") % {"country": country}, above, **context)


def _page(request: HttpRequest, name: str, title: str, above: list, **context) -> HttpResponse:
    trail = [HOME, LIST, *above, {"url": "", "label": title}]
    heads = {"breadcrumbs_items": trail, "header_title": title, "page_title": title, "header_icon": "globe"}
    return render(request, f"curriculum/admin/{name}.html", heads | context)
