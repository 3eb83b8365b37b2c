"""The glossary's file: what it explains, from which facts, and how it comes into the CMS."""

import shutil

import pytest
import yaml

from curriculum.glossary.marking import Explainer, Word
from curriculum.models import GlossaryTerm
from lms.starter.files import ContentError
from lms.starter.library import CONTENT, read_library
from lms.starter.loader import load

from .test_content import AVOID

ROWS = yaml.safe_load((CONTENT / "glossary.yaml").read_text(encoding="utf-8"))
KEPT_IN_TRANSLATION = {
    "viral load", "suppressed", "undetectable", "exposed baby", "NAT", "prophylaxis", "adherence", "disclosure",
    "referral", "register", "consent", "confidentiality", "danger sign", "co-trimoxazole", "U=U",
}  # fmt: skip


def test_words_to_keep_in_translation_are_there():
    assert {row["term"] for row in ROWS} >= KEPT_IN_TRANSLATION


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["source_id"])
def test_explanation_is_short_and_says_a_fact_again(row):
    assert len(row["explanation"]) <= 200
    assert not AVOID.search(row["explanation"])
    assert row["from"]


def test_every_word_is_used_by_a_lesson():
    library = read_library()
    words = [Word(row["source_id"], f"{row['term']},{row.get('variants', '')}", "", "") for row in ROWS]
    explainer = Explainer(words)
    for module in library.modules:
        for lesson in module.lessons:
            for card in lesson.data.cards:
                explainer.explain(card.body.replace("<", "&lt;"), card.kind)
    assert explainer.left == set()


@pytest.fixture
def folder(tmp_path):
    copy = tmp_path / "content"
    shutil.copytree(CONTENT / "malaria", copy / "malaria")
    row = "- {source_id: word-a, term: screening, explanation: Asking every time., from: [malaria-f1]}\n"
    (copy / "glossary.yaml").write_text(row, encoding="utf-8")
    return copy


@pytest.mark.django_db
def test_load_twice_changes_nothing(folder):
    assert "word-a" in load(folder).created
    term = GlossaryTerm.objects.get()
    assert (term.code, term.term, term.explanation) == ("word-a", "screening", "Asking every time.")
    again = load(folder)
    assert not again.created and not again.updated and "word-a" in again.unchanged


@pytest.mark.django_db
def test_load_follows_the_file_but_never_over_a_trainers_words(folder):
    load(folder)
    path = folder / "glossary.yaml"
    path.write_text(path.read_text().replace("Asking every", "Asking each"))
    assert load(folder).updated == ["word-a"]
    term = GlossaryTerm.objects.get()
    assert term.explanation == "Asking each time."
    term.explanation = "At each visit."
    term.save_revision()
    term.save()
    path.write_text(path.read_text().replace("Asking each", "Asking at every"))
    assert load(folder).left_alone == ["word-a (changed in the CMS)"]
    assert GlossaryTerm.objects.get().explanation == "At each visit."


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("malaria-f1", "malaria-f999", "cites «malaria-f999», which no facts.yaml holds"),
        ("word-a", "malaria", "«malaria» is used twice"),
        ("term: screening, ", "", "«term» is missing in word-a"),
        ("Asking every time.", "x" * 201, "200"),
    ],
)
def test_a_broken_row_is_named_and_nothing_is_loaded(folder, old, new, words):
    path = folder / "glossary.yaml"
    path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(ContentError, match=words) as told:
        load(folder)
    assert "glossary.yaml" in str(told.value)
    assert not GlossaryTerm.objects.exists()
