from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from ..models import Posting, Role, Site, User
from ..permissions import KEEP_RECORDS, countries_for, roles_to_give, sites_for


class PersonForm(WagtailAdminModelForm):
    class Meta:
        model = User
        fields = [
            "given_names",
            "family_name",
            "country",
            "language",
            "is_active",
            "phone",
            "email",
            "job",
            "sex",
            "birth_year",
            "employer",
            "hr_number",
        ]
        help_texts = {"job": _("Shown to HR only."), "is_active": _("Taken away, she is signed out at once.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country"].queryset = countries_for(self.for_user, *KEEP_RECORDS)
        # A number without +254 is read as one of her country.
        self.fields["phone"].region = self.data.get("country") or self.instance.country_id or self.for_user.country_id


class PlaceMixin:
    """A role at a place, of those that this user may give there."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        countries = countries_for(self.for_user, *KEEP_RECORDS)
        self.fields["country"].queryset = countries
        self.fields["country"].initial = self.for_user.country_id
        self.fields["site"].queryset = sites_for(self.for_user, *KEEP_RECORDS).open()
        given = set().union(*(roles_to_give(self.for_user, country) for country in countries))
        self.fields["role"].choices = [(role.value, role.label) for role in Role if role in given]

    def clean(self):
        data = super().clean()
        role, country, site = (data.get(name) for name in ("role", "country", "site"))
        if site and country and site.country_id != country.pk:
            self.add_error("site", _("This site is in another country."))
        if role == Role.LEARNER and not site:
            self.add_error("site", _("A learner learns at a site."))
        if role and country and role not in roles_to_give(self.for_user, country):
            self.add_error("role", _("You cannot give this role there."))
        return data


class PostingForm(PlaceMixin, WagtailAdminModelForm):
    class Meta:
        model = Posting
        fields = ["role", "country", "site", "starts_on", "ends_on"]
        widgets = {"starts_on": AdminDateInput, "ends_on": AdminDateInput}
        help_texts = {"site": _("Empty: all sites of the country.")}


class NewPersonForm(PlaceMixin, PersonForm):
    """A person and her first posting."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    site = forms.ModelChoiceField(
        Site.objects.none(), label=_("Site"), required=False, help_text=_("Empty: all sites of the country.")
    )
    starts_on = forms.DateField(label=_("From"), initial=timezone.localdate, widget=AdminDateInput)

    field_order = ["given_names", "family_name", "country", "language", "role", "site", "starts_on"]

    class Meta(PersonForm.Meta):
        fields = [name for name in PersonForm.Meta.fields if name != "is_active"]


class LastDayForm(forms.Form):
    ends_on = forms.DateField(label=_("Last day"), initial=timezone.localdate, widget=AdminDateInput)
