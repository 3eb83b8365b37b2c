from types import SimpleNamespace

import pytest

from curriculum.checks.cards import remarks
from curriculum.checks.texts import words_on
from curriculum.checks.whole import OF_A_JOB_AID, OF_A_LESSON
from curriculum.models import LessonPage, Recording
from tests.factories.content import card, make_fact


def stream(*cards):
    return LessonPage(cards=list(cards)).cards


def said(*cards, language="en") -> list[tuple[int, str, bool]]:
    return [(one.number, one.field, one.blocks) for one in remarks(stream(*cards), language)]


def whole(checks, *cards, language="en") -> list[str]:
    return [one.sentence for check in checks for one in check(stream(*cards), language)]


def table(columns: int) -> dict:
    heads = [{"type": "text", "heading": f"Column {n}"} for n in range(columns)]
    return {"columns": heads, "rows": [{"values": ["word"] * columns}], "caption": ""}


@pytest.fixture
def fact(db):
    return make_fact("tb-f9", statement="Not on the card.")


def test_words_are_those_that_a_learner_reads(fact):
    cards = stream(
        card("text", text="<p>One <b>two</b> three.</p><ul><li>four</li></ul>", facts=[fact], countries=["KE"]),
        card("say", lines=[{"speaker": "You", "words": "I ask everybody."}]),
        card("table", table=table(2)),
        card("remember", message="Ask.", closing="", signs=[{"sign": "cough", "word": "Cough"}]),
    )
    assert [words_on(one) for one in cards] == [4, 4, 6, 2]


def test_a_remark_names_its_card_by_number_and_title(fact):
    one = card("text", text="<p>" + "One two three. " * 21 + "</p>", facts=[fact])
    one["value"]["title"] = "In the air"
    (found,) = remarks(stream(card("ask", question="Who?"), one), "en")
    assert (found.number, found.name, found.card) == (2, "Card 2 “In the air”", one["id"])
    assert found.sentence == "66 words, at most 60."


@pytest.mark.parametrize(("count", "blocks"), [(60, []), (61, [False]), (90, [False]), (91, [True])])
def test_a_card_half_as_long_again_blocks(fact, count, blocks):
    text = "<p>" + "One two three. " * (count // 3) + "word " * (count % 3) + "</p>"
    assert [one[2] for one in said(card("text", text=text, facts=[fact]))] == blocks


@pytest.mark.parametrize(
    ("one", "blocks"),
    [
        (card("summary", text="<p>Ask.</p>"), [True]),
        (card("remember", message="Ask.", closing="", signs=[]), [True]),
        (card("steps", steps=["Ask her."]), [True]),
        (card("story", text="<p>Grace came.</p>"), [False]),
        (card("text", text="<p>Ask.</p>"), [False]),
        (card("ask", question="Who coughs?"), []),
        (card("value", key="iptp_sp_used"), []),
    ],
    ids=lambda value: value["type"] if isinstance(value, dict) else "",
)
def test_what_she_keeps_and_does_must_cite(db, one, blocks):
    assert [found[2] for found in said(one) if found[1] == "facts"] == blocks


def test_an_unsure_fact_blocks_on_any_card(db):
    unsure = make_fact("tb-f2", status="unsure")
    assert said(card("ask", question="Who?", facts=[unsure])) == [(1, "facts", True)]


def test_what_blocks_comes_first_on_its_card(db):
    unsure = make_fact("tb-f2", status="unsure")
    found = said(card("text", text=f"<p>{'word ' * 61}</p>", facts=[unsure]))
    assert [one[2] for one in found] == [True, False, False]


def test_a_long_sentence_and_a_word_to_avoid_name_their_field(fact):
    text = f"<p>A defaulter came. {'word ' * 26}</p>"
    assert said(card("text", text=text, facts=[fact])) == [(1, "text", False), (1, "text", False)]


def test_words_to_avoid_are_english_ones(fact):
    assert said(card("text", text="<p>A defaulter came.</p>", facts=[fact]), language="pt") == []


@pytest.mark.parametrize(
    ("alt", "decorative", "blocks"),
    [
        ("A mother gives her child tablets", False, []),
        ("", False, [True]),
        ("  ", False, [True]),
        ("IMG_2034.jpg", False, [True]),
        ("WhatsApp 12", False, [True]),
        ("", True, [False]),
    ],
)
def test_a_picture_says_what_it_shows(alt, decorative, blocks):
    picture = SimpleNamespace(contextual_alt_text=alt, decorative=decorative)
    assert _of_one("picture", picture=picture) == blocks


@pytest.mark.parametrize(("transcript", "blocks"), [("Ask her.", []), ("  ", [True])])
def test_a_recording_has_a_transcript(transcript, blocks):
    assert _of_one("audio", recording=Recording(title="Talk", transcript=transcript)) == blocks


def _of_one(kind: str, **value) -> list[bool]:
    """Of a card with these values, as if its files were there."""
    block = SimpleNamespace(child_blocks={}, label=kind)
    one = SimpleNamespace(block_type=kind, value={"facts": [], **value}, block=block, id="x")
    return [found.blocks for found in remarks([one], "en")]


def test_a_drawing_that_is_gone_blocks(db):
    assert said(card("drawing", name="gone", caption="")) == [(1, "name", True)]
    assert said(card("drawing", name="undetectable", caption="")) == []


def test_a_lesson_begins_with_a_question_and_ends_with_a_summary(fact):
    ask, end = card("ask", question="Who?"), card("summary", text="<p>Ask.</p>", facts=[fact])
    assert whole(OF_A_LESSON, ask, end) == []
    assert len(whole(OF_A_LESSON, end, ask)) == 2
    assert whole(OF_A_LESSON) == ["The lesson has no card yet."]


def test_a_hard_lesson_is_told_so_in_english_only(fact):
    hard = "Comprehensive epidemiological investigations necessitate multidisciplinary institutional collaboration. "
    cards = [card("ask", question="Who?"), card("summary", text=f"<p>{hard * 20}</p>", facts=[fact])]
    assert "school year" in whole(OF_A_LESSON, *cards)[0]
    assert whole(OF_A_LESSON, *cards, language="fr") == []


def test_a_job_aid_fits_on_a_page(fact):
    assert whole(OF_A_JOB_AID, card("text", text=f"<p>{'word ' * 260}</p>")) == []
    assert whole(OF_A_JOB_AID, card("text", text=f"<p>{'word ' * 261}</p>"))
