"""What holds of every type for whatever is sent to it, found by trying."""

import json
from copy import deepcopy
from random import Random

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.question_types import get
from tests.factories.assessments import QUESTIONS, block_value

from .test_types import JSON, TYPES, posted

CHOOSE = ["single", "multiple", "picture"]
MIXED = ["ordering", "matching", "gaps"]
SAYS = {"feedback": "Look again."}
OPTIONS = [
    {"text": "Cough", "right": True, "weight": 60, "feedback": "Yes."},
    {"text": "Fever", "right": True, "weight": 40},
    {"text": "Sore eyes", "weight": -50, "feedback": "No."},
    {"text": "Itching"},
]
RICH = {
    "single": {"options": [OPTIONS[0] | {"weight": None}, {"text": "Fever", "weight": 50}, OPTIONS[2]]},
    "multiple": {"options": OPTIONS},
    "true_false": {"said_true": "Yes.", "said_false": "No."},
    "number": SAYS | {"others": [{"answer": 100, "tolerance": 5, "share": 50}, {"answer": 10, "share": 100}]},
    "ordering": SAYS,
    "matching": SAYS | {"extra": ["Cured"]},
    "short_text": SAYS | {"others": [{"text": "Flu", "share": 50}, {"text": "Phthisis", "share": 100}]},
    "gaps": SAYS | {"text": "[[TB]] is in the [[air]].\n[[TB]] can be cured.", "extra": ["water", "sea"]},
    "picture": {
        "several": True,
        "pictures": [row | {"image": number} for number, row in enumerate(OPTIONS, 901)],
    },
}
NUMBER = r"[ -]?[0-9]{1,4}([.,][0-9]{1,3})? ?"
FEW_WORDS = r"[a-zA-Zé.]{0,9} ?[tT]b"
often = settings(deadline=None, max_examples=50)


def question(name, rich=True):
    return deepcopy(QUESTIONS[name] | (RICH[name] if rich else {}))


def freeze(name, seed=1, *, rich=True, shuffle=True):
    return get(name).freeze(block_value(question(name, rich)), Random(seed), shuffle=shuffle)


def words_in(part) -> list[str]:
    """Every text of an item or key, ids and names included."""
    if isinstance(part, dict):
        return [word for pair in part.items() for word in words_in(list(pair))]
    if isinstance(part, list):
        return [word for inner in part for word in words_in(inner)]
    return [part] if isinstance(part, str) else []


def responses(item, key):
    """JSON that is made of what the item and the key are made of: some of it nearly, some of it wholly an answer."""
    ids = st.sampled_from(sorted({*words_in(item), *words_in(key), "1000", "true"}))
    leaf = ids | st.integers(0, 5) | JSON
    whole = st.lists(ids, max_size=5) | st.dictionaries(ids, leaf, max_size=5)
    return leaf | whole | st.recursive(whole, lambda inner: st.lists(inner, max_size=3), max_leaves=4)


def complete(name, item):
    """Responses that answer all that was asked, rightly or not."""
    ids = {part: [row["id"] for row in rows if "id" in row] for part, rows in item.items() if isinstance(rows, list)}
    one_each = {"matching": ("prompts", "choices"), "gaps": ("parts", "words")}
    if name in one_each:
        asked, choices = (item[part] for part in one_each[name])
        names = [row.get("id") or row["gap"] for row in asked if "id" in row or "gap" in row]
        return st.fixed_dictionaries({name: st.sampled_from([row["id"] for row in choices]) for name in names})
    if name == "ordering":
        places = st.permutations(range(1, len(ids["lines"]) + 1))
        return places.map(lambda order: dict(zip(ids["lines"], order, strict=True)))
    if name in CHOOSE:
        chosen = st.lists(st.sampled_from(ids["pictures" if name == "picture" else "options"]), min_size=1, unique=True)
        return chosen.map(lambda several: several[0]) if name == "single" else chosen
    if name == "true_false":
        return st.booleans()
    return st.from_regex(NUMBER if name == "number" else FEW_WORDS, fullmatch=True)


@pytest.mark.parametrize("name", TYPES)
@often
@given(data=st.data())
def test_any_response_is_judged_said_and_drawn(name, data):
    type_ = get(name)
    item, key = freeze(name)
    response = data.draw(responses(item, key) | complete(name, item))
    grade = type_.grade(key, response)
    assert 0 <= grade.share <= 1
    assert not grade.right or (grade.share == 1 and not grade.near)
    assert type_.is_complete(item, response) or not grade.right
    lines = type_.feedback(item, key, response) + type_.in_words(item, response)
    assert all(isinstance(line, str) for line in lines)
    assert "<" in render_to_string(type_.template, type_.context(item, response) | {"name": "a"})


@pytest.mark.parametrize("name", TYPES)
@often
@given(data=st.data())
def test_whatever_a_form_sends_is_read(name, data):
    type_ = get(name)
    item, key = freeze(name)
    parts = words_in(item)
    fields = st.sampled_from(["a", *(f"a-{part}" for part in parts)]) | st.text(max_size=5)
    values = st.sampled_from([*parts, *words_in(key), "1", "true"]) | st.text(max_size=200)
    form = QueryDict(mutable=True)
    for field, value in data.draw(st.lists(st.tuples(fields, values), max_size=8)):
        form.appendlist(field, value)
    response = type_.read(item, form, "a")
    assert response == json.loads(json.dumps(response))
    type_.grade(key, response)
    if response is not None:
        assert type_.read(item, posted(name, item, response), "a") == response


@pytest.mark.parametrize("name", TYPES)
@often
@given(data=st.data())
def test_what_is_complete_means_the_same_after_it_was_posted(name, data):
    type_ = get(name)
    item, key = freeze(name)
    response = data.draw(complete(name, item))
    assert type_.is_complete(item, response)
    again = type_.read(item, posted(name, item, response), "a")
    assert type_.is_complete(item, again)
    assert type_.grade(key, again) == type_.grade(key, response)
    assert type_.in_words(item, response)


def ids_by_words(item) -> dict[str, str]:
    rows = [row for part in item.values() if isinstance(part, list) for row in part if "id" in row]
    return {row["text"]: row["id"] for row in rows}


def elsewhere(response, ids: dict):
    """The same response to another freezing of the question."""
    if isinstance(response, dict):
        return {elsewhere(key, ids): elsewhere(value, ids) for key, value in response.items()}
    if isinstance(response, list):
        return [elsewhere(value, ids) for value in response]
    return ids.get(response, response) if isinstance(response, str) else response


@pytest.mark.parametrize("name", TYPES)
@often
@given(data=st.data(), seed=st.integers())
def test_order_and_ids_never_change_a_mark(name, data, seed):
    type_ = get(name)
    (item, key), (other_item, other_key) = freeze(name), freeze(name, seed)
    response = data.draw(responses(item, key) | complete(name, item))
    there = ids_by_words(other_item)
    moved = elsewhere(response, {id_: there[words] for words, id_ in ids_by_words(item).items()})
    assert type_.grade(other_key, moved) == type_.grade(key, response)


@pytest.mark.parametrize("name", TYPES)
@often
@given(seed=st.integers())
def test_item_does_not_tell_that_anything_is_said_or_weighed(name, seed):
    rich, plain = question(name), question(name)
    for row in [*rich.get("options", []), *rich.get("pictures", [])]:
        row |= {"feedback": "", "weight": None}
    rich |= {"feedback": "", "said_true": "", "said_false": ""}
    if "others" in rich:
        rich["others"] = []
    frozen = [get(name).freeze(block_value(data), Random(seed)) for data in (rich, plain)]
    assert frozen[0][0] == frozen[1][0]
    assert frozen[0][1] != frozen[1][1]


@pytest.mark.parametrize("name", TYPES)
@often
@given(seed=st.integers())
def test_right_response_has_all_of_the_mark_and_no_reproach(name, seed):
    type_ = get(name)
    item, key = freeze(name, seed)
    right = type_.right_response(item, key)
    assert type_.grade(key, right).share == 1
    assert "Look again." not in type_.feedback(item, key, right)


@pytest.mark.parametrize("name", CHOOSE)
@often
@given(seed=st.integers())
def test_answers_to_choose_from_keep_their_order_unless_mixed(name, seed):
    item, _key = freeze(name, seed, rich=False, shuffle=False)
    part = "pictures" if name == "picture" else "options"
    assert [row["text"] for row in item[part]] == [row["text"] for row in question(name, rich=False)[part]]


@pytest.mark.parametrize("name", MIXED)
def test_what_order_would_give_away_is_always_mixed(name):
    orders = {tuple(ids_by_words(freeze(name, seed, shuffle=False)[0])) for seed in range(20)}
    assert len(orders) > 1


def test_short_text_reads_no_sign_that_a_database_cannot_keep():
    form = QueryDict(mutable=True)
    form["a"] = "\x00 T\x00B\n"
    assert get("short_text").read({}, form, "a") == "T B"
    assert not get("short_text").is_complete({}, "T\x00B")
