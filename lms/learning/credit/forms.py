"""The sheet and its country; the answer of the second person."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.core import sheets
from lms.core.sheets import FileRefused
from lms.people.models import User

from ..models import CreditSheet
from . import permissions
from .columns import COLUMNS, LIMITS, MAX_BYTES


class SheetForm(forms.ModelForm):
    file = forms.FileField(
        label=_("Spreadsheet"),
        allow_empty_file=True,
        help_text=_("CSV or XLSX, at most 500 rows and 1 MB. The first row holds the headings."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,text/csv"}),
    )

    class Meta:
        model = CreditSheet
        fields = ["country"]
        labels = {"country": _("Country")}

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.uploaded_by = user
        countries = permissions.countries_to_send_for(user)
        self.fields["country"].queryset = countries
        if len(countries) == 1:
            self.initial.setdefault("country", countries[0])

    def clean_file(self):
        try:
            rows = sheets.read(self.cleaned_data["file"].read(MAX_BYTES + 1), COLUMNS, LIMITS)
        except FileRefused as refusal:
            raise forms.ValidationError(str(refusal), code=type(refusal).__name__) from refusal
        self.instance.rows = [row.as_dict() for row in rows]


class RefuseForm(forms.Form):
    answer = forms.CharField(
        label=_("Reason"),
        min_length=5,
        max_length=250,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The sender reads it."),
    )
