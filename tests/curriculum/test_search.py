"""Finding words in cards: spelling, accents, countries, the best card and its sentence, and what is kept."""

from uuid import uuid4

import pytest
from django.core.cache import caches

from curriculum.search import finding
from curriculum.search.folding import asked, beginnings, fold, nearest
from curriculum.search.index import Card, Text, index
from curriculum.search.texts import sentences
from tests.factories.content import card, make_lesson, make_module, translate


def make_card(*said: str, countries=()) -> Card:
    return Card(tuple(countries), said, f" {' '.join(asked(' '.join(said)))} ")


def make_text(title: str, *cards: Card) -> Text:
    return Text(uuid4(), uuid4(), False, False, make_card(title, f"You can explain: {title}."), cards)


def look(words: str, *texts: Text, country="KE"):
    seen = finding.seen_in(country, texts)
    known = sorted({word for one in seen for part in one.everything for word in part.folded.split()})
    search = finding.understand(words, known, seen)
    return search, [(hit.text.head.sentences[0], hit.number, hit.sentence) for hit in finding.hits(search, seen)]


# Words ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "folded"), [("Déjà", "deja"), ("TUBERCULOSE", "tuberculose"), ("ŵ ñ ç", "w n c")])
def test_fold_forgives_capitals_and_accents(text, folded):
    assert fold(text) == folded


def test_asked_takes_each_word_once_and_not_too_many():
    assert asked("TB, tb & a cough?") == ["tb", "cough"]
    assert len(asked(" ".join(f"word{number}" for number in range(50)))) == 8
    assert asked("?! %_ '\"") == []


@pytest.mark.parametrize(
    ("word", "found"),
    [("mosqito", ["mosquito"]), ("mosquiot", ["mosquito"]), ("mosk", []), ("preasure", ["pressure"]), ("xxxxxxxx", [])],
)
def test_nearest_forgives_a_slip_in_longer_words(word, found):
    assert nearest(word, ["mosquito", "pressure", "desk"]) == found


def test_beginnings_leave_enough_of_a_word():
    assert beginnings("vaccinated") == ["vaccinate", "vaccinat", "vaccina"]
    assert beginnings("cough") == []


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"title": "In the air", "text": "<p>TB &amp; air.</p><ul><li>One</li><li>Two. Three</li></ul>"},
         ["In the air", "TB & air.", "One", "Two.", "Three"]),
        ({"title": "", "lines": [{"type": "item", "id": "x", "value": {"speaker": "Juma", "words": "Hi?"}}]}, ["Hi?"]),
        ({"title": "", "steps": [{"type": "item", "id": "x", "value": "Ask"}], "facts": [3], "countries": ["KE"]},
         ["Ask"]),
        ({"title": "", "table": {"columns": [{"type": "text", "heading": "Sign"}], "rows": [{"values": ["Cough"]}]}},
         ["Sign", "Cough"]),
        ({"title": None, "key": "iptp_sp_used", "name": "bed-net", "recording": 3}, []),
    ],
)  # fmt: skip
def test_sentences_are_what_a_reader_reads(value, said):
    assert sentences({"type": "text", "value": value}) == said


# Finding --------------------------------------------------------------------------------------------------------------

TB = make_text(
    "What TB is", make_card("Why?"), make_card("TB is in the air.", "Wash your hands."), make_card("Air & <b>.")
)
HANDS = make_text("Clean hands", make_card("Wash them with soap."))


def test_best_card_with_its_sentence_and_the_word_marked():
    _search, found = look("air", TB, HANDS)
    assert found == [("What TB is", 2, "TB is in the <mark>air</mark>.")]


def test_title_counts_more_and_leads_to_the_lesson():
    _search, found = look("hands", TB, HANDS)
    assert found[0] == ("Clean hands", None, "You can explain: Clean <mark>hands</mark>.")
    assert found[1][:2] == ("What TB is", 2)


def test_what_stands_in_a_card_is_escaped():
    text = make_text("X", make_card("Air & <b>bold</b>"))
    assert look("air", text)[1] == [("X", 1, "<mark>Air</mark> &amp; &lt;b&gt;bold&lt;/b&gt;")]


def test_beginning_of_a_longer_word_is_enough():
    assert look("wash", make_text("X", make_card("Washing helps.")))[1][0][2] == "<mark>Washing</mark> helps."


def test_a_short_word_is_no_beginning():
    assert look("he", make_text("X", make_card("Here comes help.")))[1] == []


@pytest.mark.parametrize(("typed", "instead"), [("mosqito", "mosquito"), ("Mosquíto", ""), ("mosquitos", "")])
def test_slips_are_said_and_endings_forgiven(typed, instead):
    search, found = look(typed, make_text("Nets", make_card("A mosquito bites.")))
    assert found[0][2] == "A <mark>mosquito</mark> bites."
    assert [near for _typed, near in search.slips] == ([[instead]] if instead else [])


def test_card_of_another_country_is_neither_found_nor_counted_nor_proposed():
    text = make_text("X", make_card("Chloroquine here.", countries=["LS"]), make_card("Nets for all."))
    assert look("chloroquine", text)[1] == []
    assert look("cloroquine", text)[0].slips == []
    assert look("nets", text)[1][0][1] == 1
    assert look("nets", text, country="LS")[1][0][1] == 2
    seen = finding.seen_in("KE", [text])
    assert finding.like("chloroquin", ["chloroquine", "nets"], seen) == []


def test_more_words_ask_for_texts_that_say_more_of_them():
    both, one = make_text("A", make_card("Cough and fever.")), make_text("B", make_card("Cough."))
    none = make_text("C", make_card("Sugar."))
    assert [row[0] for row in look("cough fever", none, one, both)[1]] == ["A"]


def test_nothing_found_proposes_words_that_are_said():
    seen = finding.seen_in("KE", [TB])
    assert finding.like("hand", ["hands", "soap"], seen) == ["hands"]


# The index ------------------------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def empty_cache():
    caches["bodies"].clear()


def titles(language="en") -> list[str]:
    return [text.head.sentences[0] for text in index(language).texts]


def test_index_holds_live_lessons_and_job_aids_in_order(curriculum):
    module = curriculum.module
    module.job_aid_title, module.job_aid = "TB: ask", [card("text", text="<p>Ask four questions.</p>")]
    module.save_revision().publish()
    assert titles() == ["What TB is", "Ask everyone", "TB: ask"]
    assert [card.countries for card in index("en").texts[0].cards] == [(), (), ("KE",), ()]


def test_index_follows_what_is_published_and_taken_away(curriculum):
    page = curriculum.lessons[0]
    assert titles() == ["What TB is", "Ask everyone"]
    page.title = "TB in the air"
    page.save_revision()
    assert titles() == ["What TB is", "Ask everyone"]
    page.get_latest_revision().publish()
    assert titles() == ["TB in the air", "Ask everyone"]
    curriculum.lessons[1].unpublish()
    assert titles() == ["TB in the air"]


def test_index_follows_a_lesson_to_another_module(curriculum):
    other = make_module(curriculum.shelf, "Cough")
    assert index("en").texts[0].module_key == curriculum.module.translation_key
    curriculum.lessons[0].move(other, pos="last-child")
    assert {text.module_key for text in index("en").texts} == {curriculum.module.translation_key, other.translation_key}


def test_index_of_a_language_has_the_english_page_where_there_is_no_other(curriculum):
    translate(curriculum, "sw")
    make_lesson(curriculum.module, "New", [card("text", text="<p>New.</p>")])
    alias = curriculum.lessons[0].get_translations().get(locale__language_code="sw").specific
    alias.alias_of, alias.title = None, "Kifua kikuu ni nini"
    alias.save_revision().publish()
    assert sorted((text.head.sentences[0], text.is_source) for text in index("sw").texts) == [
        ("Ask everyone", True),
        ("Kifua kikuu ni nini", False),
        ("New", True),
    ]


@pytest.mark.parametrize("lessons", [1, 3])
def test_index_is_one_query_once_it_is_kept(curriculum, django_assert_num_queries, lessons):
    for number in range(lessons):
        make_lesson(curriculum.module, f"Lesson {number}", [card("text", text="<p>New.</p>")])
    with django_assert_num_queries(3):
        index("en")
    with django_assert_num_queries(1):
        index("en")
