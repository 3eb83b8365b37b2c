"""Enrol, move, close, transfer: what is asked."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from lms.core.models import Country
from lms.people.models import Posting, Site, User
from lms.people.permissions import KEEP_RECORDS, sites_for
from lms.people.transfers import movable

from ..intake.queries import programmes
from ..models import Enrolment
from . import permissions


class EnrolForm(forms.Form):
    programme = forms.ModelChoiceField(None, label=gettext_lazy("Programme"))
    cohort = forms.ModelChoiceField(None, label=gettext_lazy("Cohort"), required=False)
    due_on = forms.DateField(
        label=gettext_lazy("Due on"),
        required=False,
        widget=AdminDateInput,
        help_text=gettext_lazy("Empty: the last day of the cohort."),
    )
    done_before = forms.BooleanField(
        label=gettext_lazy("What comes before was done elsewhere"),
        required=False,
        help_text=gettext_lazy("Tick it only if you have seen her papers."),
    )

    def __init__(self, *args, user: User, person: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["programme"].queryset = programmes()
        self.fields["cohort"].queryset = permissions.cohorts_for(user, person)

    def clean_programme(self):
        programme = self.cleaned_data["programme"]
        if not programme.rows_for(self.person.country):
            words = _("It asks for nothing in %(country)s.")
            raise forms.ValidationError(words % {"country": self.person.country})
        return programme

    def clean(self):
        data = super().clean()
        programme, cohort = data.get("programme"), data.get("cohort")
        if programme and cohort and cohort.programme_key != programme.translation_key:
            self.add_error("cohort", _("This cohort learns another programme."))
        return data


class MoveForm(forms.Form):
    cohort = forms.ModelChoiceField(
        None, label=gettext_lazy("Cohort"), required=False, empty_label=gettext_lazy("Without a cohort")
    )

    def __init__(self, *args, user: User, enrolment: Enrolment, **kwargs):
        super().__init__(*args, **kwargs)
        cohorts = permissions.cohorts_for(user, enrolment.person)
        self.fields["cohort"].queryset = cohorts.filter(programme_key=enrolment.programme_key)


class CloseForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=120, help_text=gettext_lazy("Nothing about health.")
    )


class PostingChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, posting: Posting) -> str:
        return str(posting)


class TransferForm(forms.Form):
    postings = PostingChoice(
        None, label=gettext_lazy("What ends here"), required=False, widget=forms.CheckboxSelectMultiple
    )
    site = forms.ModelChoiceField(Site.objects.none(), label=gettext_lazy("New site"))
    last_day = forms.DateField(label=gettext_lazy("Last day there"), widget=AdminDateInput)
    first_day = forms.DateField(
        label=gettext_lazy("First day at the new site"), initial=timezone.localdate, widget=AdminDateInput
    )
    cohort = forms.ModelChoiceField(
        None,
        label=gettext_lazy("Cohort"),
        required=False,
        empty_label=gettext_lazy("Stays in hers"),
        help_text=gettext_lazy("A new cohort counts from now on, whatever the first day."),
    )

    def __init__(self, *args, user: User, person: User, **kwargs):
        super().__init__(*args, **kwargs)
        postings = movable(person).select_related("site", "country")
        self.fields["postings"].queryset = postings
        self.initial["postings"] = [posting.pk for posting in postings]
        self.initial["last_day"] = timezone.localdate() - timezone.timedelta(days=1)
        sites = sites_for(user, *KEEP_RECORDS).open().filter(country=person.country_id)
        self.fields["site"].queryset = sites
        learns = Enrolment.objects.open().filter(person=person).values("programme_key")
        self.fields["cohort"].queryset = permissions.cohorts_for(user, person).filter(programme_key__in=learns)

    def clean(self):
        data = super().clean()
        if data.get("last_day") and data.get("first_day") and data["first_day"] <= data["last_day"]:
            self.add_error("first_day", _("The first day comes after the last day at the old site."))
        return data


class HandOverForm(forms.Form):
    country = forms.ModelChoiceField(None, label=gettext_lazy("New country"))
    last_day = forms.DateField(label=gettext_lazy("Last day here"), initial=timezone.localdate, widget=AdminDateInput)

    def __init__(self, *args, person: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country"].queryset = Country.objects.exclude(pk=person.country_id)
