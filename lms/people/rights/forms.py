from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import DataRequest, User

WORDS = DataRequest._meta.get_field("words").max_length
ANSWER = DataRequest._meta.get_field("answer").max_length


class CorrectForm(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("What is wrong, and what is right?"),
        max_length=WORDS,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("For example: My phone is now 0712 345 678. Write nothing about health."),
    )


class EraseForm(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("Do you want to say why? You need not."),
        max_length=WORDS,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


class AnswerForm(forms.Form):
    """HR's answer to a wish. Refusing needs the reason; she reads it."""

    answer = forms.CharField(
        label=gettext_lazy("Your answer to her"),
        max_length=ANSWER,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("She reads it under «My data»."),
    )


class EraseAnswerForm(forms.Form):
    """Before somebody is erased: her number, typed, so that nobody is erased by one press too many."""

    staff_number = forms.CharField(label=gettext_lazy("Type her staff number"), max_length=10)

    def __init__(self, *args, person: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_staff_number(self):
        typed = self.cleaned_data["staff_number"].replace(" ", "").upper()
        if typed != self.person.staff_number:
            raise forms.ValidationError(_("This is not her staff number."))
        return typed
