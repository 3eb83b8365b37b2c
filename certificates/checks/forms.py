"""What HR sends to be checked: a sheet or pasted lines; or PDF files."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.core.sheets import FileRefused

from .files import MOST_FILES
from .reading import MAX_BYTES, read, read_pasted

MOST_PASTED = 200_000


class CheckForm(forms.Form):
    """`cleaned_data["sheet"]`: the rows. `key`: new with each form, so that a second press finds the first check."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("CSV or XLSX, at most 5,000 rows and 2 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,text/csv"}),
    )
    pasted = forms.CharField(
        label=gettext_lazy("Or paste here"),
        required=False,
        max_length=MOST_PASTED,
        help_text=gettext_lazy("One code or staff number a line, or rows copied from a spreadsheet."),
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, data=None, files=None):
        super().__init__(data, files, initial={"key": uuid4()})

    def clean(self):
        cleaned = super().clean()
        file, pasted = cleaned.get("file"), cleaned.get("pasted")
        if bool(file) == bool(pasted) and not self.errors:
            raise forms.ValidationError(_("Send a spreadsheet or paste codes: one of the two."))
        if not self.errors:
            self._read("file" if file else "pasted", cleaned)
        return cleaned

    def _read(self, field: str, cleaned: dict) -> None:
        try:
            given = cleaned[field]
            cleaned["sheet"] = read_pasted(given) if field == "pasted" else read(given.read(MAX_BYTES + 1))
        except FileRefused as refusal:
            self.add_error(field, str(refusal))


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A list of files, where Django's own would keep the last."""

    widget = ManyFiles(attrs={"accept": ".pdf,application/pdf"})

    def clean(self, data, initial=None):
        files = [super(FilesField, self).clean(one, initial) for one in data or [None]]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("Send at most %(most)s files at a time.") % {"most": MOST_FILES})
        return files


class FilesForm(forms.Form):
    files = FilesField(
        label=gettext_lazy("PDF files"),
        allow_empty_file=True,
        help_text=gettext_lazy("At most 20 files of 1 MB each. They are looked at and forgotten."),
    )
