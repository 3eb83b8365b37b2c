"""The small pure parts: pictures, markup, doubles, limits."""

import base64
import io

import pytest
from PIL import Image

from assessments.exchange.drafts import LONGEST, Draft, faults
from assessments.exchange.duplicates import Double, doubles
from assessments.exchange.images import PictureRefused, clean, decoded
from assessments.exchange.markup import to_html, to_plain
from assessments.models import Question

from .drafts import draft


def image(format_: str, mode="RGB", size=(8, 4), **options) -> bytes:
    data = io.BytesIO()
    Image.new(mode, size, 1).save(data, format_, **options)
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "ending"),
    [
        (image("PNG"), "png"),
        (image("PNG", "P"), "png"),
        (image("PNG", "RGBA"), "png"),
        (image("GIF", "P"), "png"),
        (image("WEBP"), "png"),
        (image("JPEG"), "jpg"),
    ],
)
def test_pictures_are_clean_after_one_journey(data, ending):
    once, found = clean(data)
    assert found == ending
    assert clean(once) == (once, ending)


def test_what_a_camera_wrote_is_taken_out_and_the_picture_turned():
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = "a secret place", 6
    data, _ending = clean(image("JPEG", exif=exif, comment=b"secret"))
    assert b"secret" not in data
    assert Image.open(io.BytesIO(data)).size == (4, 8)
    assert clean(data)[0] == data


def test_what_stands_behind_a_picture_is_taken_off():
    assert b"<script>" not in clean(image("PNG") + b"<script>")[0]
    assert b"<script>" not in clean(image("JPEG") + b"<script>")[0]


@pytest.mark.parametrize(
    "data",
    [b"", b"<svg/>", image("BMP"), image("PNG")[:40], b"x" * (2 * 1024 * 1024 + 1), image("PNG", "1", (6000, 4000))],
)
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(PictureRefused):
        clean(data)


def test_broken_base64_is_refused():
    assert decoded(base64.encodebytes(b"a" * 100).decode()) == b"a" * 100
    with pytest.raises(PictureRefused):
        decoded("no base64!")


@pytest.mark.parametrize(
    ("text", "format_", "paragraphs"),
    [
        ("<p>CO<sub>2</sub> and m<sup>2</sup>, 1<sup>st</sup></p>", "html", ["CO₂ and m², 1st"]),
        ("<ul><li>one</li><li>two</li></ul><ol><li>three</li></ol>", "html", ["• one", "• two", "1. three"]),
        ("a&nbsp;b &lt;c&gt; &eacute;<br>d<!-- e --><script>f</script>", "html", ["a b <c> é d"]),
        ("CD4 < 200 & low", "moodle", ["CD4 < 200 & low"]),
        ("one\n\ntwo", "moodle", ["one", "two"]),
        ("**one** &amp; *two*\n\n- three", "markdown", ["one & two", "• three"]),
        ("**one** &amp;\n\n<b>", "plain", ["**one** &amp;", "<b>"]),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "html", ["a b"]),
    ],
)
def test_each_text_format_becomes_plain(text, format_, paragraphs):
    assert to_plain(text, format_).paragraphs == paragraphs


def test_what_is_lost_is_said():
    assert to_plain("<b>a</b> <a href='https://example.org'>b</a>").notes == [
        "Bold, italics and headings are not kept.",
        "Links are not kept.",
    ]


def test_plain_text_comes_back_from_html():
    found = to_plain(to_html(["a < b & c", "d"], ["a story", "of two <lines>"]))
    assert (found.story, found.paragraphs) == (["a story", "of two <lines>"], ["a < b & c", "d"])


def test_doubles_are_the_same_words_or_nearly():
    known = {"How does TB pass from one person to another?": "tb-q1"}
    texts = [
        "how does tb PASS, from one person to another",
        "How does TB pass from one person to any other?",
        "What can you do?",
        "What can you do ?!",
        "What do you never do?",
    ]
    assert doubles(texts, known) == [
        Double("tb-q1", exact=True),
        Double("tb-q1", exact=False),
        None,
        Double("3", exact=True),
        None,
    ]


def test_limits_are_those_of_the_bank():
    assert {name: Question._meta.get_field(name).max_length for name in LONGEST} == LONGEST


def test_a_draft_comes_back_from_its_row():
    sent = draft("picture")
    assert Draft.from_json(sent.as_json()) == sent
    assert faults(sent) == []
