import pytest
from wagtail.blocks import StreamBlockValidationError

from curriculum.blocks import MOST_SIGNS, CardsBlock
from curriculum.card_check import count_words, remarks
from curriculum.models import LessonPage
from tests.factories.content import card, make_fact


def stream(*cards):
    return LessonPage(cards=list(cards)).cards


def complaint(*cards) -> dict:
    """The errors of the first card, by field; None holds those of the card as a whole."""
    with pytest.raises(StreamBlockValidationError) as caught:
        CardsBlock().clean(stream(*cards))
    error = caught.value.block_errors[0]
    return error.block_errors | ({None: error.non_block_errors} if error.non_block_errors else {})


def table(columns: int) -> dict:
    return {
        "columns": [{"type": "text", "heading": f"Column {n}"} for n in range(columns)],
        "rows": [{"values": ["word"] * columns}],
        "caption": "",
    }


def test_a_country_note_names_its_countries(db):
    note = card("note", text="<p>Go to the chest clinic.</p>")
    assert "Choose the countries" in complaint(note)["countries"].message
    CardsBlock().clean(stream(card("note", text="<p>Go to the chest clinic.</p>", countries=["KE"])))


def test_a_country_note_without_countries_may_be_saved_as_a_draft(db):
    CardsBlock().clean_deferred(stream(card("note", text="<p>Go to the chest clinic.</p>")))


def test_a_table_has_at_most_three_columns(db):
    assert "three columns" in str(complaint(card("table", table=table(4)))[None])
    CardsBlock().clean(stream(card("table", table=table(3))))


def test_remember_has_at_most_six_pictograms(db):
    signs = [{"sign": "cough", "word": f"Cough {n}"} for n in range(MOST_SIGNS + 1)]
    assert "signs" in complaint(card("remember", message="Ask.", closing="", signs=signs))
    CardsBlock().clean(stream(card("remember", message="Ask.", closing="", signs=signs[1:])))


@pytest.mark.parametrize(("kind", "field"), [("flash", "cards"), ("say", "lines"), ("steps", "steps")])
def test_a_list_has_at_least_one_line(db, kind, field):
    assert field in complaint(card(kind, **{field: []}))


def test_count_words_counts_what_a_learner_reads(db):
    fact = make_fact("tb-f9", statement="Not on the card.")
    cards = stream(
        card("text", text="<p>One <b>two</b> three.</p><ul><li>four</li></ul>", facts=[fact], countries=["KE"]),
        card("say", lines=[{"speaker": "You", "words": "I ask everybody."}]),
        card("table", table=table(2)),
    )
    assert [count_words(one) for one in cards] == [4, 4, 6]


def test_remarks_name_the_card_and_what_to_look_at(db):
    fact, unsure = make_fact("tb-f1"), make_fact("tb-f2", status="unsure")
    long_text = f"<p>{'word ' * 61}</p>"
    cards = [
        card("ask", question="Who coughs?"),
        card("text", text=long_text, facts=[fact]) | {},
        card("story", text="<p>Grace came.</p>"),
        card("summary", text="<p>Ask.</p>", facts=[unsure]),
    ]
    cards[1]["value"]["title"] = "In the air"
    assert remarks(stream(*cards)) == [
        "Card 2 “In the air”: 64 words, at most 60.",
        "Card 3 “Story”: no fact is cited.",
        "Card 4 “Summary”: cites tb-f2, which is unsure and not to be used.",
    ]
