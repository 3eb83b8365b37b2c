"""Two records that may be one person: the list of likely ones, choosing the second, comparing, merging."""

from datetime import datetime
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import HeaderButton

from .. import likeness
from ..merging import CHOICES, MergeRefused, counts, is_filled, may_merge, merge
from ..models import User
from ..permissions import KEEP_RECORDS, countries_for, people_visible_to, person_for
from .finding import people_found
from .pages import editable_person, person_page, person_url
from .policies import PeoplePolicy

LABELS = {
    "name": gettext_lazy("Name"),
    "language": gettext_lazy("Language"),
    "phone": gettext_lazy("Phone"),
    "email": gettext_lazy("E-mail"),
    "job": gettext_lazy("Job"),
    "sex": gettext_lazy("Sex"),
    "birth_year": gettext_lazy("Birth year"),
    "employer": gettext_lazy("Employer"),
    "secret": gettext_lazy("PIN or password"),
}


class FindForm(forms.Form):
    find = forms.CharField(label=gettext_lazy("Staff number, name or phone"), max_length=100)


class MergeForm(forms.Form):
    """Which record stays, which value of each field that differs, and how one knows."""

    keep = forms.ChoiceField(label=gettext_lazy("Record to keep"), widget=forms.RadioSelect)
    why = forms.CharField(
        label=gettext_lazy("How do you know that it is one person?"),
        min_length=10,
        max_length=250,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("For example: both identity cards seen in the office on 3 May. Nothing about health."),
    )
    field_order = ["keep"]

    def __init__(self, *args, records: list[User], **kwargs):
        super().__init__(*args, **kwargs)
        self.records = {str(person.pk): person for person in records}
        self.fields["keep"].choices = [(key, person.staff_number) for key, person in self.records.items()]
        why = self.fields.pop("why")
        for choice in CHOICES:
            if _differs(choice, *records):
                values = [(key, shown(person, choice)) for key, person in self.records.items()]
                latest = max(records, key=lambda person: (person.last_login or person.created_at).timestamp())
                self.fields[choice] = forms.ChoiceField(
                    label=LABELS[choice], choices=values, widget=forms.RadioSelect, initial=str(latest.pk)
                )
        self.fields["why"] = why

    def clean_keep(self) -> User:
        return self.records[self.cleaned_data["keep"]]

    @property
    def gone(self) -> User:
        return next(person for person in self.records.values() if person != self.cleaned_data["keep"])

    @property
    def take(self) -> list[str]:
        return [choice for choice in CHOICES if self.cleaned_data.get(choice) == str(self.gone.pk)]


@require_safe
def doubles(request: HttpRequest) -> HttpResponse:
    """Likely doubles among the people whose records one keeps."""
    countries = countries_for(request.user, *KEEP_RECORDS)
    if not countries.exists():
        raise PermissionDenied
    groups = likeness.doubles(people_visible_to(request.user).filter(country__in=countries))
    trail = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, {"url": "", "label": _("Likely doubles")}]
    heads = {"breadcrumbs_items": trail, "header_title": _("Likely doubles"), "header_icon": "copy"}
    context = heads | {"page_title": _("Likely doubles"), "groups": groups, "most": likeness.MOST}
    return render(request, "people/staff/doubles.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def choose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The second record: likely ones, or found by the words that were posted. Words never stand in an address."""
    person = _mergeable(request, pk)
    others = people_visible_to(request.user).exclude(pk=person.pk)
    form = FindForm(request.POST or None)
    found = None
    if form.is_bound and form.is_valid():
        found = _shown(request.user, others.filter(pk__in=people_found(form.cleaned_data["find"]).values("pk")))
    mine = others.filter(country__in=countries_for(request.user, *KEEP_RECORDS))
    context = {"form": form, "found": found, "likely": likeness.like(person, mine)}
    return person_page(request, "people/staff/merge_choose.html", person, _("Merge with another record"), **context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def compare(request: HttpRequest, pk: UUID, other: UUID) -> HttpResponse:
    if pk == other:
        raise Http404
    records = [_mergeable(request, pk), _mergeable(request, other)]
    if records[0] == records[1]:  # pressed twice: they are one by now
        return redirect(person_url("show", records[0]))
    form = MergeForm(request.POST or None, records=records, initial={"keep": str(_likely_kept(records).pk)})
    if form.is_bound and form.is_valid():
        kept, why = form.cleaned_data["keep"], form.cleaned_data["why"]
        try:
            merge(kept, form.gone, take=form.take, why=why, by=request.user)
        except MergeRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            words = _("Merged. %(number)s leads to this record now.") % {"number": form.gone.staff_number}
            messages.success(request, words)
            return redirect(person_url("show", kept))
    context = {"form": form, "records": records, "facts": _facts(records), "done": _done(records)}
    return person_page(request, "people/staff/merge.html", records[0], _("Merge two records"), **context)


def buttons(user: User, person: User) -> list[HeaderButton]:
    if not may_merge(user, person):
        return []
    url = person_url("merge", person)
    return [HeaderButton(_("Merge with another record"), url=url, icon_name="copy", priority=700)]


def shown(person: User, choice: str) -> str:
    """A value as the page shows it."""
    if not is_filled(person, choice):
        return "–"
    if choice == "secret":
        return _("The one of %(number)s") % {"number": person.staff_number}
    special = {"name": str(person), "language": person.get_language_display(), "sex": person.get_sex_display()}
    special |= {"employer": " ".join(filter(None, (str(person.employer or ""), person.hr_number)))}
    return special.get(choice) or str(getattr(person, choice))


def _mergeable(request: HttpRequest, pk: UUID) -> User:
    """A record that went leads to the one that was kept: a second press finds the merge done."""
    merged = User.objects.filter(pk=pk, merged_into__isnull=False).first()
    person = person_for(request.user, merged.merged_into_id) if merged else editable_person(request, pk)
    if not may_merge(request.user, person):
        raise PermissionDenied
    return person


def _shown(user: User, people: QuerySet[User]) -> list[User]:
    rows = people.select_related("country").order_by("family_name", "given_names")[: likeness.SHOWN]
    return [person for person in rows if may_merge(user, person)]


def _differs(choice: str, one: User, other: User) -> bool:
    """Both hold a value, and not the same."""
    filled = is_filled(one, choice) and is_filled(other, choice)
    return filled and any(getattr(one, field) != getattr(other, field) for field in CHOICES[choice])


def _likely_kept(records: list[User]) -> User:
    """The one under which more was done."""
    return max(records, key=lambda person: sum(number for _title, number in counts(person)))


def _facts(records: list[User]) -> list[tuple[str, list[str]]]:
    rows = [(label, [shown(person, choice) for person in records]) for choice, label in LABELS.items()]
    rows = [row for row in rows if row[0] != LABELS["secret"]]
    postings = [", ".join(map(str, person.postings.not_over().select_related("site"))) or "–" for person in records]
    signed_in = [_day(person.last_login) if person.last_login else _("Never") for person in records]
    made = [_day(person.created_at) for person in records]
    countries = [str(person.country) for person in records]
    more = [(_("Country"), countries), (_("Postings"), postings), (_("Signed in"), signed_in), (_("Made on"), made)]
    return rows + more


def _day(moment: datetime) -> str:
    return date_format(timezone.localdate(moment), "j M Y")


def _done(records: list[User]) -> list[tuple[str, list[int]]]:
    """What each has done, by kind; kinds that neither has are left out."""
    both = zip(*(counts(person) for person in records), strict=True)
    rows = [(title, [first, second]) for (title, first), (_same, second) in both]
    return [row for row in rows if any(row[1])]


class DoublesMenuItem(MenuItem):
    def is_shown(self, request):
        """From the postings that the menu has read already."""
        return PeoplePolicy(User).holds(request.user, KEEP_RECORDS, in_a_country=True)


class DoublesViewSet(ViewSet):
    name = "staff_doubles"
    url_prefix = "people-doubles"
    icon = "copy"
    menu_label = gettext_lazy("Likely doubles")
    menu_item_class = DoublesMenuItem

    def get_urlpatterns(self):
        return [path("", doubles, name="index")]


urlpatterns = [
    path("<uuid:pk>/merge/", choose, name="merge"),
    path("<uuid:pk>/merge/<uuid:other>/", compare, name="merge-compare"),
]
