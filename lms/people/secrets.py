"""What a PIN or a password must be, in sentences that help. The same at every door, Wagtail's account page too."""

from django.contrib.auth.password_validation import CommonPasswordValidator, UserAttributeSimilarityValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from . import pins
from .models import User
from .permissions import needs_password

PASSWORD_LENGTH = 10
OWN_WORDS = ("staff_number", "given_names", "family_name", "email")


class SecretValidator:
    """Six digits that are hard to guess, or a password. Whoever works in the admin needs the password."""

    def validate(self, password: str, user: User | None = None) -> None:
        if password.isdigit() and user and not user._state.adding and not needs_password(user):
            check_pin(password, user)
        else:
            check_password(password, user)

    def get_help_text(self) -> str:
        return _("At least %(length)s characters, not only numbers. Three words in a row are easy to remember.") % {
            "length": PASSWORD_LENGTH
        }


def check_pin(pin: str, user: User) -> None:
    if not pins.is_pin(pin):
        raise ValidationError(_("A PIN has exactly 6 numbers."), code="pin_length")
    reason = pins.weakness(pin, number=user.staff_number[1:], birth_year=str(user.birth_year or ""))
    if reason:
        raise ValidationError(_why(reason), code="pin_easy")


def check_password(password: str, user: User | None) -> None:
    if len(password) < PASSWORD_LENGTH or password.isdigit():
        text = _("You need a password: at least %(length)s characters, not only numbers.")
        raise ValidationError(text % {"length": PASSWORD_LENGTH}, code="password_short")
    CommonPasswordValidator().validate(password, user)
    UserAttributeSimilarityValidator(user_attributes=OWN_WORDS).validate(password, user)


def _why(reason: str) -> str:
    return {
        "own": _("Others know your staff number and your birth year. Choose 6 other numbers."),
        "equal": _("All numbers are the same. Choose 6 numbers that others cannot guess."),
        "run": _("These numbers count up or down. Choose 6 numbers that others cannot guess."),
        "repeat": _("These numbers repeat. Choose 6 numbers that others cannot guess."),
        "keypad": _("These numbers are a line on the keypad. Choose 6 numbers that others cannot guess."),
        "date": _("This looks like a date. Others may know your dates. Choose 6 other numbers."),
    }[reason]
