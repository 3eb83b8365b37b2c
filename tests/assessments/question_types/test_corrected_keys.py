"""A question that is corrected gives a new key to the papers that show its words, and none to others."""

from copy import deepcopy
from random import Random

import pytest

from assessments.question_types import OtherWords, get
from tests.factories.assessments import QUESTIONS, block_value

from .test_properties import CHOOSE, OPTIONS, RICH, freeze, question
from .test_types import TYPES


@pytest.mark.parametrize("name", TYPES)
def test_key_of_the_same_value_is_the_one_it_was_frozen_with(name):
    value = block_value(question(name))
    item, key = get(name).freeze(value, Random(1))
    assert get(name).key_for(item, value) == key


OTHER = {
    "single": [
        ("options", OPTIONS[:2], "one answer less"),
        ("options", [*RICH["single"]["options"], {"text": "Rash"}], "one more"),
        ("options", [*RICH["single"]["options"][:2], {"text": "Rash"}], "another"),
    ],
    "multiple": [
        ("options", OPTIONS[:3], "one answer less"),
        ("options", [*OPTIONS, {"text": "Rash"}], "one more"),
        ("options", [*OPTIONS[:3], {"text": "Rash"}], "another"),
    ],
    "number": [("unit", "mmHg", "another unit"), ("unit", "", "none")],
    "ordering": [
        ("items", ["Thank her", "Check tomorrow"], "one line less"),
        ("items", [*QUESTIONS["ordering"]["items"], "Rest"], "one more"),
        ("items", [*QUESTIONS["ordering"]["items"][:2], "Rest"], "another"),
    ],
    "matching": [
        ("pairs", QUESTIONS["matching"]["pairs"][:2], "one pair less"),
        ("pairs", [*QUESTIONS["matching"]["pairs"], {"prompt": "None", "choice": "Healed"}], "one more"),
        ("extra", [], "one choice less"),
        ("extra", ["Cured", "Unknown"], "one more choice"),
    ],
    "gaps": [
        ("text", "[[TB]] is in the [[air]]. [[TB]] can be cured.", "another space between"),
        ("text", "[[TB]] is in the [[air]].\nTB can be cured.", "one gap less"),
        ("text", "[[TB]] is in the [[air]].\n[[HIV]] can be cured.", "another word"),
        ("extra", ["water"], "one word less"),
    ],
    "picture": [
        ("pictures", RICH["picture"]["pictures"][:3], "one picture less"),
        ("pictures", [*RICH["picture"]["pictures"][:3], {"text": "Itching", "image": 999}], "another drawing"),
        ("pictures", [*RICH["picture"]["pictures"][:3], {"text": "Rash", "image": 904}], "other words"),
    ],
}


@pytest.mark.parametrize(
    ("name", "field", "changed"),
    [pytest.param(name, field, to, id=f"{name}: {what}") for name, rows in OTHER.items() for field, to, what in rows],
)
def test_no_key_is_made_for_an_item_that_shows_other_words(name, field, changed):
    item, _key = freeze(name)
    value = block_value(question(name) | {field: _whole(name, deepcopy(changed))})
    with pytest.raises(OtherWords):
        get(name).key_for(item, value)


def _whole(name, changed):
    """Answers that are left over, weighed anew so that they are a question."""
    if name in CHOOSE:
        return [row | {"weight": None, "right": number == 0} for number, row in enumerate(changed)]
    return changed


def test_every_type_that_shows_words_is_asked_for_its_key():
    shows_none = {"true_false", "short_text"}
    assert set(OTHER) | shows_none == set(TYPES)
    assert all(not freeze(name)[0] for name in shows_none)


@pytest.mark.parametrize("name", ["single", "multiple", "matching", "ordering", "gaps", "picture"])
def test_corrected_key_judges_the_paper_that_was_served(name):
    """The same words with something else right: her response is judged anew, under the ids she saw."""
    type_ = get(name)
    item, key = freeze(name, rich=False)
    before = type_.right_response(item, key)
    corrected = question(name, rich=False)
    if name == "ordering":
        corrected["items"].reverse()
    elif name == "matching":
        corrected["pairs"][0]["choice"], corrected["pairs"][1]["choice"] = "TB disease", "TB infection"
    elif name == "gaps":
        corrected["text"] = "TB passes through the [[coughs]] when someone [[air]]."
    else:
        rows = corrected["pictures" if name == "picture" else "options"]
        rows[0]["right"], rows[-1]["right"] = False, True
    anew = type_.key_for(item, block_value(corrected))
    assert not type_.grade(anew, before).right
    assert type_.grade(anew, type_.right_response(item, anew)).right
