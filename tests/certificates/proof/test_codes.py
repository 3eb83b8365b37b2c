from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.proof import codes


def some_codes():
    return st.lists(st.integers(0, 31), min_size=12, max_size=12).map(
        lambda digits: codes._written(_with_check(digits))
    )


def _with_check(digits):
    return [*digits, codes._check(digits)]


def is_refused(typed: str) -> bool:
    try:
        codes.parse(typed)
    except codes.TypingError:
        return True
    return False


def test_new_code_is_parsed_as_itself():
    code = codes.new()
    assert len(code) == 13
    assert codes.parse(code) == code


def test_new_codes_differ():
    assert len({codes.new() for _ in range(1000)}) == 1000


@given(some_codes())
def test_every_single_wrong_character_is_found(code):
    for place, right in enumerate(code):
        others = (letter for letter in codes.ALPHABET if letter != right)
        assert all(is_refused(code[:place] + other + code[place + 1 :]) for other in others)


@given(some_codes())
def test_every_swap_is_found(code):
    """Of neighbours, and of any other two."""
    for here, there in combinations(range(13), 2):
        letters = list(code)
        letters[here], letters[there] = letters[there], letters[here]
        assert code[here] == code[there] or is_refused("".join(letters))


def test_code_is_printed_in_groups_of_four():
    assert codes.printed("7K2MQX94PB3TW") == "7K2M-QX94-PB3T-W"


@pytest.mark.parametrize(
    "typed",
    [
        "7K2M-QX94-PB3T-W",
        "7k2mqx94pb3tw",
        " 7K2M QX94 PB3T W ",
        "7K2M–QX94—PB3T−W",
        "7k2.mqx_94pb-3tw\n",
    ],
)
def test_code_is_read_in_any_grouping_and_case(typed):
    assert codes.parse(typed) == "7K2MQX94PB3TW"


def test_letters_that_look_like_digits_are_read_as_digits():
    code = next(code for code in iter(codes.new, None) if "0" in code and "1" in code)
    assert codes.parse(code.replace("0", "O").replace("1", "I")) == code
    assert codes.parse(code.replace("0", "o").replace("1", "l")) == code


@pytest.mark.parametrize(
    "typed", ["", "7K2M", "7K2M-QX94-PB3T", "7K2M-QX94-PB3T-WW", "7K2M-QX94-PB3T-U", "ኣ" * 13, "7K2M-QX94-PB3T-7"]
)
def test_what_is_no_code_is_a_typing_error(typed):
    with pytest.raises(codes.TypingError):
        codes.parse(typed)
