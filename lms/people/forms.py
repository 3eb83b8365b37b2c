from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from .backends import normal_number
from .models import User

NUMBER_SHAPE = RegexValidator(r"^[A-Z]\d{6}$", _("A staff number is one letter and 6 numbers, for example K104417."))


class StaffNumberForm(forms.Form):
    """Says only whether it looks like a staff number, never whether there is one."""

    staff_number = forms.CharField(
        label=_("Staff number"),
        max_length=20,
        error_messages={"required": NUMBER_SHAPE.message, "max_length": NUMBER_SHAPE.message},
    )

    def clean_staff_number(self) -> str:
        number = normal_number(self.cleaned_data["staff_number"])
        NUMBER_SHAPE(number)
        return number


class ChooseSecretForm(forms.Form):
    """A PIN or a password, twice. SecretValidator decides which of them it must be."""

    secret = forms.CharField(strip=False, max_length=200)
    again = forms.CharField(strip=False, max_length=200)

    def __init__(self, person: User, wants_password: bool, data=None):
        super().__init__(data)
        self.person = person
        self.fields["secret"].label = _("New password") if wants_password else _("New PIN, 6 numbers")
        self.fields["again"].label = _("The same password again") if wants_password else _("The same PIN again")
        for field in self.fields.values():
            field.widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})

    def clean_secret(self) -> str:
        validate_password(self.cleaned_data["secret"], self.person)
        return self.cleaned_data["secret"]

    def clean(self):
        both = [self.cleaned_data.get(name) for name in ("secret", "again")]
        if all(both) and both[0] != both[1]:
            self.add_error("again", _("The two are not the same. Type it again, slowly."))
