"""Export → import → export gives the same bytes, for every type that a format holds."""

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from assessments.exchange import formats
from assessments.exchange.formats import FORMATS
from assessments.question_types import all_types

from .drafts import VALUES, draft, drafts, passes, picture

NOT_HELD = {
    ("sheet", "picture"): "pictures to choose from",
    ("gift", "picture"): "questions with a picture",
    ("gift", "ordering"): "ordering",
    ("gift", "gaps"): "gaps in a text",
}
HELD = [(name, type_) for name in FORMATS for type_ in VALUES if (name, type_) not in NOT_HELD]


def again(format_, data: bytes) -> bytes:
    reading = formats.read(data, f"x.{format_.ending}")
    assert reading.problems == []
    return format_.file(reading.drafts)


def test_every_type_is_tried_here():
    assert set(VALUES) == set(all_types())


@pytest.mark.parametrize(("name", "type_"), HELD)
def test_each_type_comes_back_as_it_went(name, type_):
    first = FORMATS[name].file([draft(type_)])
    reading = formats.read(first, f"x.{FORMATS[name].ending}")
    assert reading.problems == []
    (found,) = reading.drafts
    wanted = draft(type_)
    kept = ("type", "stem", "case", "why", "code", "module", "difficulty", "critical", "facts", "countries", "language")
    assert {key: getattr(found, key) for key in kept} == {key: getattr(wanted, key) for key in kept}
    assert sorted(found.tags) == sorted(wanted.tags) and found.notes == []
    assert FORMATS[name].file([found]) == first


@pytest.mark.parametrize(("name", "type_"), HELD)
def test_values_come_back_as_they_went(name, type_):
    data = FORMATS[name].file([draft(type_)])
    (found,) = formats.read(data, f"x.{FORMATS[name].ending}").drafts
    assert found.value == VALUES[type_]


@pytest.mark.parametrize(("key", "words"), NOT_HELD.items())
def test_what_a_format_cannot_hold_is_said_at_the_top_of_its_file(key, words):
    name, type_ = key
    format_ = FORMATS[name]
    data = format_.file([draft(type_), draft("single")])
    reading = formats.read(data, f"x.{format_.ending}")
    assert [found.type for found in reading.drafts] == ["single"]
    assert format_.parcel([draft(type_)]).left_out == [(1, words)]
    if name == "gift":
        assert data.decode().splitlines()[0] == f"// GIFT cannot hold: 1 × {words}"


def test_gift_leaves_out_no_words_silently():
    told = FORMATS["gift"].parcel(
        [
            draft("single", picture=picture()),
            draft("matching", value=VALUES["matching"] | {"feedback": "Not so."}),
            draft("short_text", value=VALUES["short_text"] | {"accepted": ["a -> b"]}),
        ]
    )
    assert told.held == []
    assert [words for _count, words in told.left_out] == [
        "questions with a picture",
        "matching with words for who is not right",
        "short answers with «->»",
    ]


@pytest.mark.parametrize(("type_", "part"), [("gaps", "extra"), ("ordering", "items")])
def test_a_sheet_takes_no_answer_for_a_note(type_, part):
    """A star stands there for whoever is not right."""
    starred = draft(type_, value=VALUES[type_] | {part: [*VALUES[type_][part], "*"]})
    assert FORMATS["sheet"].parcel([starred]).left_out == [(1, "answers that are only «*»")]
    assert FORMATS["sheet"].parcel([draft(type_)]).left_out == []


def test_moodle_xml_carries_a_question_s_picture():
    data = FORMATS["moodle_xml"].file([draft("single", picture=picture("red", 'A "red" <field>'))])
    (found,) = formats.read(data).drafts
    assert found.picture.data == picture("red").data
    assert found.picture_alt == 'A "red" <field>'
    assert FORMATS["moodle_xml"].file([found]) == data


def test_several_questions_and_categories_keep_their_order():
    sent = [draft("single", module=""), draft("true_false"), draft("number", module="Malaria")]
    for name, format_ in FORMATS.items():
        data = format_.file(sent)
        found = formats.read(data, f"x.{format_.ending}").drafts
        assert [one.type for one in found] == ["single", "true_false", "number"], name
        assert [one.module for one in found] == [one.module for one in sent], name
        assert format_.file(found) == data


@pytest.mark.parametrize(("name", "type_"), HELD)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_an_editor_lets_pass_comes_back_the_same(name, type_, data):
    sent = data.draw(drafts(type_))
    assume(passes(sent))
    format_ = FORMATS[name]
    assume(not format_.parcel([sent]).left_out)
    first = format_.file([sent])
    assert again(format_, first) == first
