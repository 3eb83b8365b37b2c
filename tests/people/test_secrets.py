import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from lms.people.models import User


@pytest.mark.parametrize("secret", ["739162", "river stone lamp"])
def test_secret_of_a_learner_is_a_pin_or_a_password(learner, secret):
    validate_password(secret, learner)


@pytest.mark.parametrize(
    ("secret", "code"),
    [
        ("73916", "pin_length"),
        ("73916255", "pin_length"),
        ("123456", "pin_easy"),
        ("abc1234", "password_short"),
        ("password123", "password_too_common"),
    ],
)
def test_secret_of_a_learner_is_refused(learner, secret, code):
    with pytest.raises(ValidationError) as refused:
        validate_password(secret, learner)
    assert [error.code for error in refused.value.error_list] == [code]


def test_pin_from_her_own_numbers_is_refused(learner):
    learner.birth_year = 1987
    for pin in (learner.staff_number[1:], "731987"):
        with pytest.raises(ValidationError, match="Others know"):
            validate_password(pin, learner)


@pytest.mark.parametrize("who", ["trainer", "reviewer", "hr", "administrator"])
def test_staff_need_a_password(request, who):
    person = request.getfixturevalue(who)
    with pytest.raises(ValidationError, match="need a password"):
        validate_password("739162", person)
    validate_password("river stone lamp", person)


def test_password_like_her_name_is_refused(hr):
    with pytest.raises(ValidationError, match="too similar"):
        validate_password("EstherKamau", hr)


def test_new_administrator_needs_a_password(db):
    with pytest.raises(ValidationError, match="need a password"):
        validate_password("739162", User(staff_number="K104417"))
