import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.people import pins

DIGITS = st.text("0123456789", min_size=6, max_size=6)


@pytest.mark.parametrize(
    ("pin", "reason"),
    [
        ("777777", "equal"),
        ("123456", "run"),
        ("890123", "run"),
        ("864208", "run"),
        ("121314", "run"),
        ("102030", "run"),
        ("484848", "repeat"),
        ("937937", "repeat"),
        ("777333", "repeat"),
        ("885533", "repeat"),
        ("938839", "repeat"),
        ("147258", "keypad"),
        ("963741", "keypad"),
        ("159357", "keypad"),
        ("198573", "date"),
        ("732019", "date"),
        ("140788", "date"),
        ("071488", "date"),
        ("880714", "date"),
    ],
)
def test_weakness_is_named(pin, reason):
    assert pins.weakness(pin) == reason


@pytest.mark.parametrize("pin", ["739162", "604817", "950362"])
def test_weakness_is_empty_for_a_good_pin(pin):
    assert pins.weakness(pin) == ""


def test_weakness_knows_her_own_numbers():
    assert pins.weakness("739162", number="739162") == "own"
    assert pins.weakness("261937", number="739162") == "own"
    assert pins.weakness("731987", birth_year="1987") == "own"


@given(DIGITS)
def test_weakness_is_the_same_backwards_for_equal_and_mirrored(pin):
    assert pins.weakness(pin[:3] + pin[:3][::-1])


@pytest.mark.parametrize("text", ["12345", "1234567", "12345a", "١٢٣٤٥٦", ""])
def test_is_pin_wants_six_plain_digits(text):
    assert not pins.is_pin(text)


def test_most_pins_may_be_chosen():
    refused = sum(bool(pins.weakness(f"{number:06d}")) for number in range(0, 10**6, 97))
    assert refused < 0.2 * 10**6 / 97
