"""A paper's pictures are its own: whatever becomes of the image, the paper shows what it showed."""

from io import BytesIO
from random import Random

import pytest
from django.core.files.images import ImageFile
from PIL import Image as Drawing
from wagtail.images import get_image_model

from assessments import pictures, queries
from assessments.models import PaperPicture
from assessments.question_types.images import shown
from assessments.services import start_attempt
from tests.factories.assessments import QUESTIONS
from tests.factories.content import make_question, make_quiz
from tests.factories.images import make_image

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def attempt(enrolled, curriculum):
    """A paper of one question: a picture with it, and three to choose from."""
    question = make_question("t-pictures", QUESTIONS["picture"])
    question.picture, question.picture_alt = make_image("Dusk", (9, 9, 9)), "A house at dusk"
    question.save_revision().publish()
    quiz = make_quiz(curriculum.module, [question], title="Pictures", purpose="practice", opens="start")
    return start_attempt(enrolled, quiz, enrolled.country, "en")


def all_shown(attempt):
    item = attempt.paper[0]
    return [item["picture"], *item["item"]["pictures"]]


def get_picture(client, name):
    return client.get(f"/en/picture/{name}.webp")


def test_paper_shows_copies_of_its_own(attempt):
    assert PaperPicture.objects.count() == 4
    assert {picture["alt"] for picture in all_shown(attempt)} >= {"A house at dusk", "A net over a bed"}
    for picture in all_shown(attempt):
        drawn = Drawing.open(BytesIO(PaperPicture.objects.get(pk=picture["src"]).data))
        assert (drawn.format, drawn.size) == ("WEBP", (picture["width"], picture["height"]))


def test_paper_outlives_its_images(attempt, client):
    before = [get_picture(client, picture["src"]).content for picture in all_shown(attempt)]
    edited, *deleted = get_image_model().objects.all()
    edited.file.save("other.png", make_image("Other", (1, 2, 3)).file)
    edited._set_file_hash()
    edited.save()
    for image in deleted:
        image.delete()
    assert [get_picture(client, picture["src"]).content for picture in all_shown(attempt)] == before


def test_page_draws_them_with_their_words_and_their_room(attempt, client, enrolled):
    client.force_login(enrolled)
    page = client.get(f"/en/quiz/{attempt.pk}/1/").content.decode()
    for picture in all_shown(attempt):
        drawn = f'/en/picture/{picture["src"]}.webp" alt="{picture["alt"]}" width="{picture["width"]}"'
        assert drawn in page
    assert page.count('loading="lazy"') == 4


def test_picture_may_be_kept_for_ever_and_sets_no_cookie(attempt, client):
    response = get_picture(client, attempt.paper[0]["picture"]["src"])
    assert response["Content-Type"] == "image/webp"
    assert "immutable" in response["Cache-Control"]
    assert not response.cookies
    assert client.post(response.wsgi_request.path).status_code == 405


def test_preview_shows_an_image_that_no_paper_shows_yet(client):
    image = make_image("New")
    response = get_picture(client, image.get_file_hash())
    assert Drawing.open(BytesIO(response.content)).size == (400, 300)
    assert "no-store" in response["Cache-Control"]
    assert PaperPicture.objects.count() == 0


def test_unknown_picture_is_not_found(client):
    assert get_picture(client, "0" * 40).status_code == 404


def test_keeping_again_draws_nothing(attempt, django_assert_num_queries):
    with django_assert_num_queries(1):
        pictures.keep(attempt.paper)


def test_paper_without_pictures_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        pictures.keep([{"item": {"options": [{"text": "A"}]}, "picture": {}}])


def test_lost_file_stops_no_paper(caplog):
    image = make_image("Lost")
    name = shown(image)["src"]
    image.file.storage.delete(image.file.name)
    pictures.keep([{"picture": {"src": name}}])
    assert PaperPicture.objects.count() == 0
    assert name in caplog.text


def test_question_whose_image_was_deleted_is_asked_without(curriculum):
    question = make_question("t-gone", QUESTIONS["single"])
    question.picture = make_image("Gone")
    question.save()
    question.picture.delete()
    question.refresh_from_db()
    assert queries.asked([question], "en")[0].picture == {}


def noise(size, mode="RGB"):
    drawing = Drawing.frombytes(mode, size, Random(1).randbytes(size[0] * size[1] * len(mode)))
    file = BytesIO()
    drawing.save(file, "PNG")
    file.seek(0)
    return get_image_model().objects.create(title="Noise", file=ImageFile(file, name="noise.png"))


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_copy_weighs_15_kb_at_most_whatever_it_shows(mode):
    assert len(pictures.small(noise((500, 420), mode))) <= 15_000


@pytest.mark.parametrize(
    ("size", "room"),
    [((1200, 900), (400, 300)), ((300, 1200), (100, 400)), ((64, 48), (64, 48)), ((4000, 3), (400, 1))],
)
def test_room_is_at_most_half_a_screen_and_never_more_than_there_is(size, room):
    image = get_image_model()(width=size[0], height=size[1], file_hash="a" * 40)
    assert (shown(image)["width"], shown(image)["height"]) == room
