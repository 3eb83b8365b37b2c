"""The filters above the list of people: only places of who looks, and what may imply a status only for those who keep
records. Each narrows by a query that an index answers."""

from datetime import timedelta

import django_filters
from django import forms
from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.widgets import AdminDateInput

from assessments.models import Attempt, Observation
from lms.learning.models import Cohort, Completion, Enrolment, Place
from lms.people.models import Departure, Partner, Posting, Role, User
from lms.people.permissions import KEEP_RECORDS, countries_for

from . import listing, permissions, queries, states
from .choosing import not_later_than_today
from .states import CERTIFIED, State
from .status import parts

AGES = (
    ("0-19", _("Under 20")),
    ("20-29", "20–29"),
    ("30-39", "30–39"),
    ("40-49", "40–49"),
    ("50-120", _("50 or more")),
)
REACHED = (("phone", _("Has a phone")), ("email", _("Has an e-mail address")), ("none", _("Neither")))
YES_OR_NO = ((True, _("Yes")), (False, _("No")))


def _countries(request):
    return permissions.countries_reported_to(request.user)


def _sites(request):
    return permissions.sites_reported_to(request.user).select_related("country")


def _cohorts(request):
    return Cohort.objects.filter(country__in=permissions.countries_reported_to(request.user))


def _partners(request):
    return Partner.objects.all()


def _yes_or_no(label, method):
    return django_filters.TypedChoiceFilter(
        label=label, choices=YES_OR_NO, coerce=lambda value: value == "True", method=method
    )


class PeopleFilterSet(WagtailFilterSet):
    country = django_filters.ModelChoiceFilter(label=_("Country"), field_name="person__country", queryset=_countries)
    site = django_filters.ModelChoiceFilter(label=_("Site"), method="at_site", queryset=_sites)
    district = django_filters.ChoiceFilter(label=_("District"), method="in_district")
    cohort = django_filters.ModelChoiceFilter(label=_("Cohort"), queryset=_cohorts)
    programme_key = django_filters.ChoiceFilter(label=_("Programme"), choices=queries.programme_choices)
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=State.choices, widget=forms.CheckboxSelectMultiple, method="unchanged"
    )
    ends_before = django_filters.DateFilter(
        label=_("Certificate ends before"), widget=AdminDateInput, method="unchanged"
    )
    overdue = _yes_or_no(_("Overdue"), "is_overdue")
    retrain = _yes_or_no(_("Must retrain"), "must_retrain")
    quiet = django_filters.NumberFilter(label=_("No step for … days"), min_value=1, max_value=3650, method="is_quiet")
    never = _yes_or_no(_("Never signed in"), "never_signed_in")
    left = _yes_or_no(_("Has left"), "has_left")
    started = django_filters.DateFromToRangeFilter(
        label=_("Started"), field_name="opened_at", widget=DateRangePickerWidget
    )
    role = django_filters.ChoiceFilter(label=_("Role"), choices=Role.choices, method="has_role")
    sex = django_filters.ChoiceFilter(label=_("Sex"), choices=User.Sex.choices, field_name="person__sex")
    age = django_filters.ChoiceFilter(label=_("Age"), choices=AGES, method="of_age")
    language = django_filters.ChoiceFilter(
        label=_("Language of the app"), choices=settings.LANGUAGES, field_name="person__language"
    )
    employer = django_filters.ModelChoiceFilter(label=_("Employer"), field_name="person__employer", queryset=_partners)
    reached = django_filters.ChoiceFilter(label=_("Reached by"), choices=REACHED, method="is_reached")
    job = django_filters.CharFilter(label=_("Job"), max_length=60, method="in_job")
    on = django_filters.DateFilter(
        label=_("As of"), widget=AdminDateInput, validators=[not_later_than_today], method="unchanged"
    )

    class Meta:
        model = Enrolment
        fields: list = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        sites = permissions.sites_reported_to(self.request.user).exclude(district="")
        districts = sites.order_by("district").values_list("district", flat=True).distinct()
        self.filters["district"].extra["choices"] = [(name, name) for name in districts]
        if not permissions.may_see_jobs(self.request.user):
            del self.filters["job"]

    @cached_property
    def day(self):
        """The day as of which everything is said; today unless a day before it was chosen."""
        return (self.form.is_valid() and self.form.cleaned_data.get("on")) or timezone.localdate()

    def narrowed(self, rows: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
        """By everything but the state."""
        return super().filter_queryset(rows) if self.is_valid() else rows

    def filter_queryset(self, rows):
        """The state last: its certificates are joined to the rows that are left."""
        rows, wanted = self.narrowed(rows), self.form.cleaned_data.get("state")
        before = self.form.cleaned_data.get("ends_before")
        if before:
            wanted = set(wanted or CERTIFIED) & {*CERTIFIED}
        return listing.in_states(rows, self.day, wanted, before) if wanted else rows.none() if before else rows

    def unchanged(self, rows, name, value):
        return rows

    def _posted(self, rows, **where):
        return rows.filter(person__in=Posting.objects.current(self.day).filter(**where).order_by().values("person"))

    def at_site(self, rows, name, site):
        return self._posted(rows, role=Role.LEARNER, site=site)

    def in_district(self, rows, name, district):
        sites = permissions.sites_reported_to(self.request.user).filter(district=district)
        return self._posted(rows, role=Role.LEARNER, site__in=sites)

    def has_role(self, rows, name, role):
        return self._posted(rows, role=role)

    def is_overdue(self, rows, name, wanted):
        over = Q(due_on__lt=self.day) | Q(due_on=None, cohort__ends_on__lt=self.day)
        late = self._open() & over
        return rows.filter(late) if wanted else rows.exclude(pk__in=rows.filter(late).order_by().values("pk"))

    def must_retrain(self, rows, name, wanted):
        asked = Q(pk__in=parts.to_learn_again(self.day))
        return rows.filter(asked if wanted else ~asked)

    def is_quiet(self, rows, name, days):
        """In an open programme, and nothing done or seen since."""
        since, hers = states.end_of(self.day - timedelta(days=int(days))), {"person": OuterRef("person")}
        done = (
            Completion.objects.filter(completed_at__gte=since, **hers),
            Place.objects.filter(updated_at__gte=since, **hers),
            Attempt.objects.filter(Q(started_at__gte=since) | Q(handed_in_at__gte=since), **hers),
            Observation.objects.filter(learner=OuterRef("person"), signed_at__gte=since),
        )
        rows = rows.filter(self._open(), opened_at__lt=since)
        for active in done:
            rows = rows.filter(~Exists(active))
        return rows

    def never_signed_in(self, rows, name, wanted):
        never = Q(person__first_signed_in_at=None, person__last_login=None)
        return rows.filter(never if wanted else ~never)

    def has_left(self, rows, name, wanted):
        gone = Departure.objects.filter(person=OuterRef("person"), left_on__lte=self.day)
        left = Exists(gone.filter(Q(rejoined_on=None) | Q(rejoined_on__gt=self.day)))
        return rows.filter(left if wanted else ~left)

    def of_age(self, rows, name, band):
        youngest, oldest = map(int, band.split("-"))
        year = self.day.year
        return rows.filter(person__birth_year__gte=year - oldest, person__birth_year__lte=year - youngest)

    def is_reached(self, rows, name, by):
        if by == "none":
            return rows.filter(person__phone="", person__email="")
        return rows.exclude(**{f"person__{by}": ""})

    def in_job(self, rows, name, job):
        """Only where this user keeps the records."""
        kept = countries_for(self.request.user, *KEEP_RECORDS)
        return rows.filter(person__country__in=kept, person__job__icontains=job)

    def _open(self) -> Q:
        until = states.end_of(self.day)
        return (Q(completed_at=None) | Q(completed_at__gte=until)) & (Q(closed_at=None) | Q(closed_at__gte=until))
