"""The audit log, searched: who looked at whom, took a list, issued, withdrew, reset, merged, erased, signed in.

Administrators read all of it. HR and leads read what was done to people and certificates of their countries, and what
people of their countries did. Names are shown of people whom the reader may see; others are a number.
"""

from datetime import timedelta

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry

from certificates.models import Certificate
from lms.core.audit.words import in_words
from lms.core.export import ExportMixin
from lms.core.models import Country
from lms.people.models import User
from lms.people.permissions import KEEP_RECORDS, countries_for, people_visible_to
from lms.people.staff.policies import PeoplePolicy

UNASKED = timedelta(days=90)  # what is older is read by naming its days: a log grows for ever


def may_read_log(user: User) -> bool:
    return PeoplePolicy(User).holds(user, KEEP_RECORDS, in_a_country=True)


def entries_for(user: User) -> QuerySet[ModelLogEntry]:
    """One query. By number and code, as the log has them: what was written about her stays found when she is erased."""
    if user.is_superuser:
        return ModelLogEntry.objects.all()
    return ModelLogEntry.objects.filter(_of_countries(countries_for(user, *KEEP_RECORDS)))


def _of_countries(countries: QuerySet[Country]) -> Q:
    actor = User.objects.filter(pk=OuterRef("user_id"), country__in=countries)
    person = User.objects.filter(staff_number=OuterRef("label"), country__in=countries)
    printed = Concat(*_printed_parts())
    coded = Certificate.objects.filter(country_code__in=countries.values("code")).annotate(printed=printed)
    return Q(Exists(actor)) | Q(Exists(person)) | Q(label__in=coded.values("printed"))


def _printed_parts() -> list:
    """As codes.printed writes it: XXXX-XXXX-XXXX-C."""
    parts: list = []
    for start, length in ((1, 4), (5, 4), (9, 4), (13, 1)):
        parts += [Value("-")] if parts else []
        parts.append(Substr("code", start, length))
    return parts


def _countries(request):
    return countries_for(request.user, *KEEP_RECORDS)


def _actions() -> list[tuple[str, str]]:
    return sorted(registry.get_choices(), key=lambda choice: str(choice[1]))


class AuditFilters(WagtailFilterSet):
    actor = django_filters.CharFilter(label=_("Who: staff number"), method="by_actor")
    person = django_filters.CharFilter(label=_("About: staff number or code"), method="about")
    action = django_filters.ChoiceFilter(label=_("What"), choices=_actions)
    timestamp = django_filters.DateFromToRangeFilter(
        label=_("When: without days, the last 90"), widget=DateRangePickerWidget
    )
    country = django_filters.ModelChoiceFilter(label=_("Country"), method="in_country", queryset=_countries)

    class Meta:
        model = ModelLogEntry
        fields: list = []

    def by_actor(self, entries, name, value):
        return entries.filter(user__staff_number=value.strip().upper())

    def about(self, entries, name, value):
        return entries.filter(label=value.strip().upper())

    def in_country(self, entries, name, country):
        return entries.filter(_of_countries(Country.objects.filter(pk=country.pk)))


class AuditLog(ExportMixin, ReportView):
    page_title = _("Audit log")
    header_icon = "history"
    index_url_name = "reports:audit"
    index_results_url_name = "reports:audit-results"
    model = ModelLogEntry
    permission_policy = None
    filterset_class = AuditFilters
    paginate_by = 50
    default_ordering = "-timestamp"
    export_filename = "audit-log"
    list_export = ["when", "who", "what", "about", "details"]
    export_headings = {
        "when": _("When"),
        "who": _("Who"),
        "what": _("What"),
        "about": _("About"),
        "details": _("Details"),
    }
    columns = [
        Column("timestamp", label=_("When"), accessor=lambda entry: _moment(entry), sort_key="timestamp"),
        Column("who", label=_("Who")),
        Column("action", label=_("What"), accessor=in_words),
        Column("about", label=_("About")),
        Column("details", label=_("Details"), accessor=lambda entry: _details(entry)),
    ]

    def dispatch(self, request, *args, **kwargs):
        if not may_read_log(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self):
        entries = entries_for(self.request.user).select_related("user")
        if not any(self.request.GET.get(name) for name in ("timestamp_from", "timestamp_to")):
            entries = entries.filter(timestamp__gte=timezone.now() - UNASKED)
        return entries.order_by("-timestamp", "-pk")

    def get_filtered_queryset(self):
        return self.get_queryset()  # which filters already

    def decorate_paginated_queryset(self, object_list):
        """Names beside the numbers, of those whom the reader may see. One query for a page."""
        if self.is_export:
            return object_list
        entries = list(object_list)
        numbers = {entry.label for entry in entries} | {entry.user.staff_number for entry in entries if entry.user}
        seen = people_visible_to(self.request.user).filter(staff_number__in=numbers)
        names = {person.staff_number: person.get_full_name() for person in seen}
        for entry in entries:
            entry.who = _named(entry.user.staff_number, names) if entry.user else ""
            entry.about = _named(entry.label, names)
        return entries

    def to_row_dict(self, item):
        """Numbers only: a file travels further than a screen."""
        return {
            "when": item.timestamp,
            "who": item.user.staff_number if item.user else "",
            "what": in_words(item),
            "about": item.label,
            "details": _details(item),
        }


def _moment(entry: ModelLogEntry) -> str:
    return date_format(timezone.localtime(entry.timestamp), "j M Y, H:i:s")


def _named(number: str, names: dict[str, str]) -> str:
    return f"{names[number]} · {number}" if number in names else number


def _details(entry: ModelLogEntry) -> str:
    """What the action noted: numbers, roles, kinds. Never names: whoever writes the log sees to that."""
    return "; ".join(f"{name}: {value}" for name, value in entry.data.items() if isinstance(value, str | int | float))
