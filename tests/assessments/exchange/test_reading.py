"""What the readers take of files written by hand, what they say of the rest, and that nothing upsets them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.exchange import formats
from lms.core.sheets import FileEmpty, FileNotReadable, FileRefused, FileTooLarge, TooManyRows

from .drafts import FILES, read_file

EVERY = sorted(path.name for path in FILES.iterdir())


def by_code(reading) -> dict:
    return {draft.code or draft.stem: draft for draft in reading.drafts}


def reasons(reading) -> dict:
    return {problem.name or problem.place: (problem.place, problem.reason) for problem in reading.problems}


# GIFT -----------------------------------------------------------------------------------------------------------------


def test_gift_reads_weights_feedback_tags_and_escapes():
    found = by_code(read_file("every-feature.gift.txt"))
    air = found["tb-air"]
    assert (air.stem, air.why, air.module) == (
        "How does TB pass from one person to another?",
        "TB passes through the air.",
        "Tuberculosis",
    )
    assert air.tags == ["transmission", "week 1]"]
    assert air.value["options"][1] == {
        "text": "When someone coughs",
        "right": False,
        "feedback": "Half right: it is the air that carries it.",
        "weight": "50",
    }
    assert found["escapes"].stem == "What does this mean: {a = b} ~ c # d \\ e? Read it twice."
    assert [option["text"] for option in found["escapes"].value["options"]] == ["nothing", "5 < 6: something"]
    assert found["signs"].type == "multiple"


def test_gift_reads_every_kind_of_number():
    found = by_code(read_file("every-feature.gift.txt"))
    assert (found["range"].value["answer"], found["range"].value["tolerance"]) == ("2.25", "0.75")
    assert found["copies"].value["answer"] == "1000"
    weeks = found["weeks"]
    assert weeks.value["others"] == [{"answer": "3", "tolerance": "0", "share": "50", "feedback": "That is late."}]
    assert (weeks.value["feedback"], weeks.why) == ("Two weeks.", "Yes.")


def test_gift_reads_the_right_number_beside_a_wider_half_right_one():
    reading = formats.read(b"When?{#=1822:0 =%50%1822:2}")
    assert reading.drafts[0].value["others"][0]["share"] == "50"


def test_gift_reads_missing_words_matching_short_answers_and_true_false():
    found = by_code(read_file("every-feature.gift.txt"))
    assert "TB passes through the _____ from one person to another." in found
    assert found["match"].value["extra"] == ["No illness"]
    assert found["short"].value["accepted"] == ["supporter", "treatment supporter"]
    assert found["short"].value["feedback"] == "Somebody whom the person trusts."
    assert found["cure"].value == {
        "is_true": True,
        "said_true": "Right. It can.",
        "said_false": "Medicine cures it.",
    }
    assert found["A question over two lines asks one thing."].value["is_true"] is True


def test_gift_says_of_each_question_that_it_cannot_take_where_it_is_and_why():
    told = reasons(read_file("every-feature.gift.txt"))
    assert {name: place for name, (place, _reason) in told.items()} == {
        "Essay": "Line 61",
        "Words": "Line 63",
        "Broken": "Line 65",
        "Two": "Line 67",
        "Nothing right": "Line 69",
        "Ordering": "Line 71",
        "Not a number": "Line 73",
    }
    assert "{ and }" in told["Broken"][1]
    assert "No answer is marked as right" in told["Nothing right"][1]
    assert "«many» is not a number" in told["Not a number"][1]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_gift_knows_marks_line_ends_and_windows_letters(encoding, ending):
    text = "// A comment\n::Café::Is this «read»?{TRUE}\n\n::Gonçalves::Woß?{=zé ~b}\n".replace("\n", ending)
    reading = formats.read(text.encode(encoding), "x.txt")
    assert [draft.code for draft in reading.drafts] == ["cafe", "goncalves"] and not reading.problems
    assert reading.drafts[1].place.endswith("4") and reading.drafts[1].value["options"][0]["text"] == "zé"


def test_gift_takes_two_right_answers_of_one_for_an_error_that_says_so():
    assert "here 2 are" in formats.read(b"Which?{=a =b ~c}").problems[0].reason


def test_short_answers_that_are_the_same_here_are_kept_once():
    (found,) = formats.read(b"Who?{=no one =Noone =nobody}").drafts
    assert found.value["accepted"] == ["no one", "nobody"]
    assert found.notes == ["Answers that differ only in capitals, spaces or accents are kept once."]


@pytest.mark.parametrize("number", ["1e999999999", "1e-999999999", "nan", "inf", "9" * 5000])
def test_numbers_that_nobody_can_write_out_are_refused(number):
    gift = formats.read(f"How many?{{#{number}}}".encode(), "x.txt")
    answer = f"<answer fraction='100'><text>{number}</text></answer>"
    part = f"<answer fraction='{number}'><text>5</text></answer>"
    start = "<question type='numerical'><questiontext><text>How many?</text></questiontext>"
    xml = formats.read(f"<quiz>{start}{answer}</question>{start}{part}</question></quiz>".encode(), "x.xml")
    assert not gift.drafts and not xml.drafts
    assert all("is not a number" in problem.reason for problem in gift.problems + xml.problems)


# Moodle XML -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["9e999999..9e999999", "1e999999999..1", "1e-999999..2", "nan..1"])
def test_ranges_that_nobody_can_write_out_are_refused(number):
    assert "is not a number" in formats.read(f"How many?{{#{number}}}".encode()).problems[0].reason


def test_labels_end_soon_or_are_no_labels():
    """Looking for the end of each of fifty thousand that never end took minutes."""
    draft = formats.read(b"// [tag:" + b"x" * 301 + b"]\n// [tag:air]\nIs it so? {T}").drafts[0]
    assert draft.tags == ["air"]
    assert formats.read(b"// " + b"[id:" * 50_000 + b"\nIs it so? {T}").drafts


def test_xml_reads_pictures_without_what_the_camera_wrote():
    air = by_code(read_file("every-feature.xml"))["tb-air"]
    assert (air.picture.name, air.picture_alt) == ("the-air.jpg", "Two people talking")
    assert b"secret" not in air.picture.data and air.picture.data.startswith(b"\xff\xd8")
    assert "Hints are not kept." in air.notes
    assert "Points and penalties are not kept: every question is worth one mark." in air.notes


def test_xml_reads_every_kind():
    found = by_code(read_file("every-feature.xml"))
    assert {draft.type for draft in found.values()} == {
        "single",
        "multiple",
        "true_false",
        "short_text",
        "number",
        "matching",
        "ordering",
        "gaps",
        "picture",
    }
    assert found["first"].value["items"] == ["Thank her", "Go with her today", "Check tomorrow"]
    assert found["select"].value["text"] == "TB passes through the [[air]] and can be [[cured]]."
    assert found["copies"].value["unit"] == "copies/mL"
    assert all("weight" not in option for option in found["signs"].value["options"])
    assert [row["text"] for row in found["colours"].value["pictures"]] == [
        "A red field",
        "A blue field",
        "A white field",
    ]


def test_xml_parts_a_long_text_into_story_and_question():
    case = by_code(read_file("every-feature.xml"))["a-case"]
    assert case.stem == "What do you do?" and case.case.startswith("Amina has coughed")


def test_xml_says_of_each_question_that_it_cannot_take_why():
    told = {name: reason for name, (_place, reason) in reasons(read_file("every-feature.xml")).items()}
    assert set(told) == {
        "Essay",
        "Words",
        "Cloze",
        "Stack",
        "Calculated",
        "Two right",
        "Long",
        "Broken picture",
    }
    assert told["Long"] == "Question: at most 250 letters, and here are 299."
    assert "«stack»" in told["Stack"]
    assert "picture" in told["Broken picture"]


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol" * 10}">' for n in range(10))
ENTITY = "<question type='truefalse'><questiontext><text>%s</text></questiontext></question>"


@pytest.mark.parametrize(
    "data",
    [
        f"<!DOCTYPE quiz [{LAUGHS}]><quiz>{ENTITY % '&l9;'}</quiz>",
        f"<!DOCTYPE quiz [{LAUGHS}]><quiz><question type='&l9;'/></quiz>",
        '<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>' + ENTITY % "&x;" + "</quiz>",
        '<!DOCTYPE quiz SYSTEM "http://192.0.2.1/x.dtd"><quiz/>',
        '<!DOCTYPE quiz [<!ENTITY % p SYSTEM "http://192.0.2.1/x"> %p;]><quiz/>',
        '<?xml version="1.0"?><!DOCTYPE quiz><quiz/>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_with_a_doctype_is_refused(data, encoding):
    with pytest.raises(FileNotReadable) as refusal:
        formats.read(data.encode(encoding), "x.xml")
    assert "DOCTYPE" in str(refusal.value)


@pytest.mark.parametrize(
    "data",
    [
        b"<quiz>" + b"<a>" * 200_000,
        b"<quiz>" + b"<a>" * 5_000 + b"</a>" * 5_000 + b"</quiz>",
        b"<quiz>" + b"<a/>" * 300_000 + b"</quiz>",
        b"<quiz><question type='truefalse'",
        b"<html></html>",
        b"<?xml version='1.0'?>",
    ],
)
def test_xml_that_is_deep_huge_or_broken_is_refused(data):
    with pytest.raises(FileRefused):
        formats.read(data, "x.xml")


# Any file -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "x.txt", FileEmpty),
        (b" \n ", "x.xml", FileEmpty),
        (b"// only a comment\n", "x.txt", FileEmpty),
        (b"<quiz/>", "x.xml", FileEmpty),
        (b"x" * (5 * 1024 * 1024 + 1), "x.txt", FileTooLarge),
        (b"\x81\x8d\x8f", "x.txt", FileNotReadable),
        (b"%PDF-1.7\0\0", "x.txt", FileNotReadable),
        (b"PK\x03\x04 broken", "x.xlsx", FileNotReadable),
        (b"TB can be cured.{T}\n\n" * 1001, "x.txt", TooManyRows),
    ],
)
def test_a_file_that_is_none_is_refused_with_a_sentence(data, name, reason):
    with pytest.raises(reason) as refusal:
        formats.read(data, name)
    assert str(refusal.value)


def test_formats_are_known_by_what_they_hold():
    assert formats.recognised(b"\xef\xbb\xbf<?xml version='1.0'?><quiz/>", "export") == "moodle_xml"
    assert formats.recognised(b"PK\x03\x04", "export") == "sheet"
    assert formats.recognised(b"Type,Question\n", "questions.CSV") == "sheet"
    assert formats.recognised(b"::a::b{T}", "questions.txt") == "gift"


def survives(data: bytes, name: str) -> None:
    try:
        reading = formats.read(data, name)
    except FileRefused as refusal:
        assert str(refusal)
        return
    assert reading.drafts or reading.problems
    for problem in reading.problems:
        assert problem.place and problem.reason
    for format_ in formats.FORMATS.values():
        format_.file(reading.drafts)


@settings(deadline=None, max_examples=150)
@given(data=st.binary(max_size=400), name=st.sampled_from(["x.txt", "x.xml", "x.csv", "x.xlsx"]))
def test_whatever_the_bytes_there_is_a_reading_or_a_sentence(data, name):
    survives(data, name)


@settings(deadline=None, max_examples=150)
@given(text=st.text(alphabet="~=#{}:\\%[]->/ \nab1.*T&<>\"'$", max_size=120))
def test_whatever_the_signs_gift_is_read_or_explained(text):
    survives(text.encode(), "x.txt")


@settings(deadline=None, max_examples=60)
@given(
    name=st.sampled_from(EVERY),
    changes=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=12)), min_size=1, max_size=4),
)
def test_whatever_happens_to_a_real_file_it_is_read_or_explained(name, changes):
    data = (FILES / name).read_bytes()
    for where, cut, instead in changes:
        at = int(where * len(data))
        data = data[:at] + instead + data[at + cut :]
    survives(data, name)
