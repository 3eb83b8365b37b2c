from pathlib import Path

import pytest
from PIL import Image as Drawing
from wagtail.images import get_image_model

from assessments.question_types import get
from lms.starter.files import ContentError
from lms.starter.pictures import with_images

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz(tmp_path, settings) -> Path:
    """A quiz's file with two drawings beside it."""
    settings.MEDIA_ROOT = tmp_path / "media"
    for name, colour in (("net.webp", "navy"), ("tea.png", "maroon")):
        Drawing.new("RGB", (64, 48), colour).save(tmp_path / name)
    (tmp_path / "notes.webp").write_text("no picture")
    return tmp_path / "quiz.yaml"


def row(*files):
    return {"pictures": [{"file": file, "text": f"It is {file}", "right": file == "net.webp"} for file in files]}


def test_files_become_images_once(quiz):
    first, again = (with_images(row("net.webp", "tea.png"), quiz) for _time in range(2))
    assert first == again
    assert [image.title for image in get_image_model().objects.order_by("pk")] == ["It is net.webp", "It is tea.png"]
    assert get("picture").from_file(first)["pictures"][0]["value"]["right"]


@pytest.mark.parametrize(
    ("name", "message"), [("no.webp", "there is no picture «no.webp»"), ("notes.webp", "«notes.webp» is not a picture")]
)
def test_file_that_is_no_picture_is_named(quiz, name, message):
    with pytest.raises(ContentError, match=message):
        with_images(row("net.webp", name), quiz)


@pytest.mark.parametrize("data", [{}, {"pictures": "net.webp"}, {"pictures": ["net.webp", {"image": 1}]}])
def test_rows_without_files_are_left_to_their_type(quiz, data):
    assert with_images(data, quiz) == data
