from io import BytesIO

import pytest
from django.utils import translation
from pypdf import PdfReader

from assessments.handbook import contents, drawing
from assessments.models import Edition
from curriculum.models import GlossaryTerm, ModulePage, Review
from curriculum.paper import cards
from curriculum.services import withdraw
from tests.certificates import verapdf
from tests.factories.content import card, make_lesson, make_programme, row, translate
from tests.factories.images import make_image
from tests.factories.recordings import make_recording

pytestmark = pytest.mark.django_db


def book(subject, country, edition=Edition.LEARNER, language="en") -> contents.Book:
    with translation.override(language):
        reader = cards.reader_in(country)
        return contents.book(contents.outline(subject, reader, language), reader, language, edition)


def drawn(found: contents.Book, language="en") -> bytes:
    with translation.override(language):
        return drawing.draw(found, language).pdf


def words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_module_is_printed_for_one_country(curriculum, kenya, lesotho):
    here, there = (words(drawn(book(curriculum.module, country))) for country in (kenya, lesotho))
    for said in ("Tuberculosis", "What TB is", "Ask everyone", "Screen for TB", "Asks the four questions."):
        assert said in here
    assert "Go to the chest clinic." in here
    assert "Go to the chest clinic." not in there
    assert "Reads the rapid test." in here
    assert "Reads the rapid test." not in there
    assert "WHO 2024, 2024" in here
    assert "Draft, not clinically reviewed" in here


def test_key_stands_in_the_facilitators_edition_only(curriculum, kenya):
    learners, facilitators = (words(drawn(book(curriculum.module, kenya, edition))) for edition in Edition.values)
    for secret in ("At every contact", "TB can begin between two visits.", "Six months of medicine cure most people."):
        assert secret in facilitators
    assert "TB can begin between two visits." not in learners
    assert "How long do you ask about cough?" not in learners
    assert "Safety question: must be right in the end" in facilitators
    assert "Keep it from learners." in facilitators


def test_programme_is_printed_in_its_order_without_what_is_not_for_the_country(curriculum, kenya, lesotho):
    rows = [row(curriculum.practical), row(curriculum.module, countries=["KE"])]
    programme = make_programme(curriculum.home, rows, title="Second", code="second")
    assert [chapter.page.title for chapter in book(programme, kenya).chapters] == ["Tuberculosis"]
    assert book(programme, lesotho).chapters == []
    assert [practical.page.title for practical in book(programme, lesotho).practicals] == ["Screen for TB"]


def test_single_lesson_of_a_programme_stands_in_its_module_alone(curriculum, kenya):
    programme = make_programme(curriculum.home, [row(curriculum.lessons[1])], title="Second", code="second")
    (chapter,) = book(programme, kenya).chapters
    assert [lesson.page.title for lesson in chapter.lessons] == ["Ask everyone"]
    assert chapter.quizzes == []


def test_withdrawn_lesson_says_why_and_nothing_else(curriculum, kenya, trainer):
    withdraw(curriculum.lessons[0], by=trainer, reason="A number is wrong.")
    said = words(drawn(book(curriculum.module, kenya)))
    assert "Withdrawn: A number is wrong." in said
    assert "TB passes through the air." not in said


def test_reviewed_book_has_no_draft_mark(curriculum, kenya, reviewer):
    for page in (curriculum.module, *curriculum.lessons):
        Review.objects.record(page.live_revision, reviewer, months=12)
    found = book(curriculum.module, kenya)
    assert found.reviewed_on
    assert "Draft" not in words(drawn(found))


def test_untranslated_language_prints_english_and_says_so(curriculum, kenya):
    translate(curriculum, "sw")
    module = ModulePage.objects.get(locale__language_code="sw")
    found = book(module, kenya, language="sw")
    assert [lesson.page.locale.language_code for lesson in found.chapters[0].lessons] == ["sw", "sw"]
    assert found.chapters[0].lessons[0].page.alias_of_id
    pdf = PdfReader(BytesIO(drawn(found, "sw")))
    assert pdf.trailer["/Root"]["/Lang"] == "sw"


def test_glossary_stands_at_the_end(curriculum, kenya):
    GlossaryTerm.objects.create(
        code="viral-load", term="viral load", explanation="How much HIV is in the blood.", locale=curriculum.home.locale
    )
    last = PdfReader(BytesIO(drawn(book(curriculum.module, kenya)))).pages[-1]
    assert "How much HIV is in the blood." in last.extract_text()


def test_outline_leads_to_each_lesson_and_contents_give_its_page(curriculum, kenya):
    reader = PdfReader(BytesIO(drawn(book(curriculum.module, kenya))))
    titles = {entry.title: reader.get_destination_page_number(entry) + 1 for entry in _flat(reader.outline)}
    assert {"Contents", "Tuberculosis", "What TB is", "Ask everyone", "Screen for TB"} <= titles.keys()
    listed = reader.pages[1].extract_text().split("Ask everyone")[1].lstrip(" .\n")
    assert listed.startswith(str(titles["Ask everyone"]))


def test_pdf_is_accessible(curriculum, kenya, tmp_path):
    """Every kind of card that carries a picture is in it, and both kinds of practical sheet."""
    if part := verapdf.missing():
        pytest.skip(f"veraPDF needs {part}")
    recording, image = make_recording(), make_image("A window")
    picture = {"image": image.pk, "decorative": False, "alt_text": "An open window"}
    content = [
        card("picture", picture=picture, caption="Open it."),
        card("drawing", name="open-window", caption=""),
        card("audio", recording=recording.pk),
        card("flash", cards=[{"question": "Air?", "answer": "Yes."}]),
    ]
    make_lesson(curriculum.module, "Pictures", content)
    files = [tmp_path / f"{edition}.pdf" for edition in Edition.values]
    for path, edition in zip(files, Edition.values, strict=True):
        path.write_bytes(drawn(book(curriculum.module, kenya, edition)))
    assert [found["ua1"] for found in verapdf.broken_rules(*files)] == [[], []]


def _flat(entries):
    for entry in entries:
        yield from _flat(entry) if isinstance(entry, list) else [entry]
