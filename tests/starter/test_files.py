import pytest

from lms.starter import streams
from lms.starter.files import ContentError, read_lesson, read_yaml
from lms.starter.library import read_page

LESSON = """---
source_id: x-l1
title: A lesson
minutes: 10
objective: You can do it.
---

## ask
Do you?

## remember
Ask these.

- cough: Cough
- thermo: Fever

One yes is enough.

Facts: x-f1, x-f2
Countries: KE, MW

## table: Three
| A | B |
|---|---|
| 1 | 2 |
"""


def written(tmp_path, text, name="l1.md"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_read_lesson_gives_meta_and_cards_with_their_lines(tmp_path):
    lesson = read_lesson(written(tmp_path, LESSON))
    assert lesson.meta["title"] == "A lesson"
    assert [(card.kind, card.line) for card in lesson.cards] == [("ask", 8), ("remember", 11), ("table", 22)]


def test_card_reads_items_paragraphs_facts_and_countries(tmp_path):
    card = read_lesson(written(tmp_path, LESSON)).cards[1]
    assert card.items == ["cough: Cough", "thermo: Fever"]
    assert card.paragraphs == ["Ask these.", "One yes is enough."]
    assert card.facts == ["x-f1", "x-f2"]
    assert card.countries == ["KE", "MW"]


def test_card_reads_a_table_header_first(tmp_path):
    assert read_lesson(written(tmp_path, LESSON)).cards[2].rows == [["A", "B"], ["1", "2"]]


@pytest.mark.parametrize(
    ("change", "line", "words"),
    [
        (("## ask", "## aks"), 8, "unknown kind of card «aks»"),
        (("Do you?", ""), 8, "this card is empty"),
        (("title: A lesson\n", ""), None, "«title» is missing"),
        (("title: A lesson", "title: [A lesson"), 5, "front matter"),
    ],
)
def test_read_lesson_names_file_line_and_fault(tmp_path, change, line, words):
    path = written(tmp_path, LESSON.replace(*change))
    with pytest.raises(ContentError) as error:
        read_lesson(path)
    assert words in str(error.value)
    assert str(path) in str(error.value)
    if line:
        assert f":{line}:" in str(error.value)


def test_read_yaml_names_the_line(tmp_path):
    path = written(tmp_path, "a: 1\nb: [1, 2\nc: 3\n", "x.yaml")
    with pytest.raises(ContentError, match=r"x\.yaml:3: not valid YAML"):
        read_yaml(path)


def test_read_yaml_refuses_other_encodings(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_bytes("name: café".encode("latin-1"))
    with pytest.raises(ContentError, match="not UTF-8"):
        read_yaml(path)


STEPS = "## steps: Then\n1. **Thank** her.\n2. Go with her.\n"
TABLE = "## table: Two\n| A | B |\n|---|---|\n| 1 | 2 |\n"


def stored(tmp_path, card):
    path = tmp_path / "l1.md"
    path.write_text(f"---\nsource_id: x\ntitle: X\nminutes: 5\nobjective: Y\n---\n\n{card}", encoding="utf-8")
    return streams.cards(read_lesson(path), "x", {})[0]["value"]


@pytest.mark.parametrize("card", [STEPS, TABLE])
def test_text_after_a_list_or_a_table_closes_the_card(tmp_path, card):
    assert stored(tmp_path, card)["closing"] == ""
    assert (
        stored(tmp_path, f"{card}\nFollow your country’s guideline.\n")["closing"] == "Follow your country’s guideline."
    )


def test_a_list_keeps_its_words_without_marks(tmp_path):
    assert [step["value"] for step in stored(tmp_path, STEPS)["steps"]] == ["Thank her.", "Go with her."]


@pytest.mark.parametrize(
    "card",
    [
        f"{STEPS}\nOne line.\n\nAnother line.\n",
        "## steps\nText before.\n\n1. One step.\n",
        f"{TABLE}\nOne.\n\nTwo.\n",
        "## say\n- You: Hello.\n\nText that no dialogue shows.\n",
        "## flash\n- Front :: back\n\nText that no flash card shows.\n",
    ],
)
def test_text_that_a_card_would_lose_is_named(tmp_path, card):
    with pytest.raises(ContentError, match="l1.md:8"):
        stored(tmp_path, card)


def test_a_page_that_is_no_text_is_named(tmp_path):
    path = tmp_path / "help.md"
    path.write_bytes(b"---\ntitle: \xff\n---\n")
    with pytest.raises(ContentError, match="help.md: not UTF-8 text"):
        read_page(path)
