"""The list of certificates: filtered, searched by code, staff number or name, exported, limited to one's countries."""

from collections.abc import Callable
from datetime import timedelta

import django_filters
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton

from lms.core.export import ExportMixin
from lms.people.permissions import KEEP_RECORDS, countries_for

from ..models import Certificate
from ..permissions import certificates_kept_by
from ..proof import codes
from ..standings import Standing, in_words, rows

MOST_WORDS = 10  # a database refuses a question of a thousand parts
ENDS_IN = [(30, _("30 days")), (60, _("60 days")), (90, _("90 days"))]
SECOND_PERSON, NOT_DRAWN = "second_person", "not_drawn"
WAITING = [(SECOND_PERSON, _("A second person, to confirm a withdrawal")), (NOT_DRAWN, _("Being drawn"))]


class CertificateFilterSet(WagtailFilterSet):
    standing = django_filters.ChoiceFilter(label=_("State"), choices=Standing.choices, method="standing_there")
    country_code = django_filters.ChoiceFilter(label=_("Country"))
    programme_code = django_filters.ChoiceFilter(label=_("Programme"))
    ends_in = django_filters.TypedChoiceFilter(
        label=_("Ends within"), choices=ENDS_IN, coerce=int, method="ends_within"
    )
    waits_for = django_filters.ChoiceFilter(label=_("Waits for"), choices=WAITING, method="which_wait")

    class Meta:
        model = Certificate
        fields = ["specimen"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        countries = countries_for(self.request.user, *KEEP_RECORDS)
        kept = certificates_kept_by(self.request.user).order_by("programme_code")
        self.filters["country_code"].extra["choices"] = list(countries.values_list("code", "name"))
        codes_used = kept.values_list("programme_code", flat=True).distinct()
        self.filters["programme_code"].extra["choices"] = [(code, code) for code in codes_used]

    def standing_there(self, certificates, name, value):
        return rows(certificates, Standing(value), timezone.localdate())

    def ends_within(self, certificates, name, days: int):
        """Of those that are valid today: whom to remind."""
        today = timezone.localdate()
        return certificates.valid(today).filter(valid_until__lte=today + timedelta(days=days))

    def which_wait(self, certificates, name, value):
        if value == SECOND_PERSON:
            return certificates.filter(revoked_at__isnull=False, revocation_confirmed_at=None)
        return certificates.undrawn()


class CertificateIndexView(ExportMixin, generic.IndexView):
    any_permission_required = ["view"]
    default_ordering = "-awarded_on"
    page_title = _("Certificates")
    header_icon = "doc-full"
    search_fields = ["holder__staff_number", "holder__family_name", "holder__given_names"]
    export_filename = "certificates"
    export_headings = {
        "name": _("Name"),
        "staff_number": _("Staff number"),
        "printed_code": _("Code"),
        "title": _("Title, as printed"),
        "programme_code": _("Programme"),
        "programme_version": _("Version"),
        "country_name": _("Country"),
        "standing": _("State"),
        "awarded_on": _("Awarded"),
        "valid_until": _("Valid until"),
        "specimen": _("Specimen"),
    }
    list_export = list(export_headings)

    @cached_property
    def columns(self):
        return [
            TitleColumn("name", label=_("Name"), accessor=_printed_name, get_url=_url, sort_key="holder__family_name"),
            Column("staff_number", label=_("Staff number"), accessor="holder.staff_number"),
            Column("printed_code", label=_("Code")),
            Column("programme_code", label=_("Programme"), sort_key="programme_code"),
            Column("country_name", label=_("Country"), sort_key="country_name"),
            Column("standing", label=_("State"), accessor=in_words),
            Column("awarded_on", label=_("Awarded"), accessor=_day("awarded_on"), sort_key="awarded_on"),
            Column("valid_until", label=_("Valid until"), accessor=_day("valid_until"), sort_key="valid_until"),
        ]

    def get_base_queryset(self):
        return certificates_kept_by(self.request.user)

    def search_queryset(self, queryset):
        """A code in any writing finds its certificate; everything else is looked for in number and name."""
        if not self.is_searching:
            return queryset
        try:
            return queryset.filter(code=codes.parse(self.search_query))
        except codes.TypingError:
            words = self.search_query.split()[:MOST_WORDS]
        for word in words:
            fields = (Q(**{f"{field}__icontains": word}) for field in self.search_fields)
            queryset = queryset.filter(next(fields) | next(fields) | next(fields))
        return queryset

    def to_row_dict(self, item):
        """Of an erased person neither name nor number."""
        said = {"name": _printed_name(item), "standing": in_words(item)}
        said["staff_number"] = "" if item.is_erased or not item.holder else item.holder.staff_number
        return {field: said[field] if field in said else getattr(item, field) for field in self.list_export}

    @cached_property
    def header_buttons(self):
        return [HeaderButton(_("To do"), url=reverse("staff_certificates:to-do"), icon_name="list-ul")]


def _url(certificate: Certificate) -> str:
    return reverse("staff_certificates:show", args=[certificate.pk])


def _printed_name(certificate: Certificate) -> str:
    return _("Erased") if certificate.is_erased else certificate.payload.snapshot["holder"]["name"]


def _day(field: str) -> Callable[[Certificate], str]:
    """A date as a date: «in 12 months» would not do."""
    return lambda certificate: date_format(getattr(certificate, field), "j M Y")
