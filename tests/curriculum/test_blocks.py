import pytest
from wagtail.blocks import StreamBlockValidationError

from curriculum.blocks import CardsBlock
from curriculum.card_parts import MOST_SIGNS
from curriculum.models import LessonPage
from tests.factories.content import card


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
