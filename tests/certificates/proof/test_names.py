import json
from pathlib import Path

import pytest

from certificates.proof import names

# The browser's tests read the same table: what a phone makes of a name is what the server made of it.
TABLE = json.loads((Path(__file__).parent.parent / "names.json").read_text())


@pytest.mark.parametrize("name, letters", TABLE)
def test_name_is_reduced_to_letters(name, letters):
    assert names.normalised(name) == letters


@pytest.mark.parametrize("typed", ["nunez wanjiru", "ÑÚÑEZ-WANJIRŨ", "Nunez-Wanjiru "])
def test_name_matches_as_people_type_it(typed):
    assert names.match(typed, "Ñúñez-Wanjirũ")


@pytest.mark.parametrize("typed", ["", "-", "Nunez", "Wanjiru", "ኣበበ"])
def test_part_of_a_name_does_not_match(typed):
    assert not names.match(typed, "Ñúñez-Wanjirũ")


def test_names_of_other_scripts_are_compared_letter_by_letter():
    assert names.match("ኣበበ", "ኣበበ")
    assert not names.match("ኣበ", "ኣበበ")


def test_nothing_matches_a_name_without_letters():
    assert not names.match("", "-")
