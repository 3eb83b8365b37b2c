"""The list of people, one person's page, and the forms that make and change her."""

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views import generic

from .. import services
from ..models import Posting, Role, Site, User
from ..permissions import SEE_A_COUNTRY, countries_for, may_edit, person_for, sites_for
from ..saved_views import context_for
from . import leaving, merging, person, sign_in
from .finding import FindPeopleMixin, people_found
from .forms import NewPersonForm, PersonForm
from .picking import PickPeopleMixin, TickColumn
from .viewset import OwnEditView, OwnIndexView, OwnRowsViewSet


class PeopleFilterSet(WagtailFilterSet):
    country = django_filters.ModelChoiceFilter(queryset=None, label=gettext_lazy("Country"))
    site = django_filters.ModelChoiceFilter(queryset=None, method="posted_at", label=gettext_lazy("Site"))
    role = django_filters.ChoiceFilter(choices=Role.choices, method="posted_as", label=gettext_lazy("Role"))

    class Meta:
        model = User
        fields = ["country", "is_active"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        user = self.request.user
        self.filters["country"].queryset = countries_for(user, *SEE_A_COUNTRY)
        self.filters["site"].queryset = sites_for(user, *SEE_A_COUNTRY).select_related("country")

    def posted_at(self, people, name, site: Site):
        return people.filter(pk__in=Posting.objects.current().filter(site=site).values("person"))

    def posted_as(self, people, name, role: str):
        return people.filter(pk__in=Posting.objects.current().filter(role=role).values("person"))


class PeopleIndexView(PickPeopleMixin, FindPeopleMixin, OwnIndexView):
    related = ("country",)
    default_ordering = "family_name"

    @cached_property
    def columns(self):
        return [
            TickColumn(),
            TitleColumn("name", label=gettext_lazy("Name"), accessor=str, sort_key="family_name", get_url=_page_url),
            Column("staff_number", label=gettext_lazy("Staff number"), sort_key="staff_number"),
            Column("country", label=gettext_lazy("Country")),
            Column("roles", label=gettext_lazy("Roles"), accessor=_current_roles),
            BooleanColumn("is_active", label=gettext_lazy("May sign in")),
        ]

    def get_base_queryset(self):
        current = Posting.objects.current().select_related("site", "country")
        return super().get_base_queryset().prefetch_related(Prefetch("postings", current, to_attr="current_postings"))

    def search_queryset(self, queryset):
        return queryset.filter(pk__in=people_found(self.search_query)) if self.search_query else queryset

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs) | {"saved_as": "people"}
        return context | {"is_searching": bool(self.search_query)} | context_for(self.request, self.index_url_name)


class NewPersonView(generic.CreateView):
    def save_instance(self):
        data = self.form.cleaned_data
        posting = {name: data.pop(name) for name in ("role", "site", "starts_on")}
        made = services.create_person(by=self.request.user, **data)
        services.post_person(made, **posting, country=made.country, by=self.request.user)
        return made

    def get_edit_url(self):
        return _page_url(self.object)

    get_success_url = get_edit_url

    def get_success_buttons(self):
        return [messages.button(reverse("staff_people:reset", args=[self.object.pk]), _("Print her one-time code"))]


class ChangePersonView(OwnEditView):
    def get_object(self, queryset=None):
        found = person_for(self.request.user, self.kwargs["pk"])
        if not may_edit(self.request.user, found):
            raise PermissionDenied
        return found

    def save_instance(self):
        changed = self.form.save(commit=False)
        return services.change_person(changed, by=self.request.user, fields=self.form.changed_data)

    def get_success_url(self):
        return _page_url(self.object)


class PeopleViewSet(OwnRowsViewSet):
    model = User
    name = "staff_people"
    url_prefix = "people"
    icon = "user"
    index_view_class = PeopleIndexView
    add_view_class = NewPersonView
    edit_view_class = ChangePersonView
    filterset_class = PeopleFilterSet
    index_template_name = "people/staff/people.html"
    index_results_template_name = "people/staff/people_results.html"

    def get_form_class(self, for_update=False):
        return PersonForm if for_update else NewPersonForm

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("<uuid:pk>/", person.show, name="show"),
            path("<uuid:pk>/reset/", sign_in.reset, name="reset"),
            path("<uuid:pk>/lift/", sign_in.lift, name="lift"),
            path("<uuid:pk>/post/", person.add_posting, name="post"),
            path("<uuid:pk>/postings/<int:posting>/end/", person.end_posting, name="posting-end"),
            *leaving.urlpatterns,
            *merging.urlpatterns,
        ]


def _page_url(row: User) -> str:
    return reverse("staff_people:show", args=[row.pk])


def _current_roles(row: User) -> str:
    return ", ".join(str(posting) for posting in row.current_postings)
