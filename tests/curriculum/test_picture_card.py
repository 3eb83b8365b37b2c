import re
from io import BytesIO
from pathlib import Path

import pytest
import wagtail.images.tests
from django.core.files.images import ImageFile
from wagtail.images import get_image_model

from tests.factories.content import card, make_lesson

pytestmark = pytest.mark.django_db
PHOTOGRAPH = Path(wagtail.images.tests.__file__).parent / "image_files" / "landscape_1.jpg"
HEAVIEST = 15_000


@pytest.fixture
def shown(client, trainer, curriculum) -> str:
    """A lesson's page with a real photograph."""
    with PHOTOGRAPH.open("rb") as file:
        image = get_image_model().objects.create(title="A window", file=ImageFile(file, name="window.jpg"))
    picture = {"image": image.pk, "decorative": False, "alt_text": "An open window"}
    lesson = make_lesson(curriculum.module, "Air", [card("picture", picture=picture, caption="Open it.")])
    client.force_login(trainer)
    return client.get(lesson.url).content.decode()


def test_phone_is_offered_avif_then_webp_in_two_widths(shown):
    source, fallback = re.search(r"<source[^>]+>", shown)[0], re.search(r"<img[^>]+>", shown)[0]
    assert 'type="image/avif"' in source
    assert re.findall(r"width-(\d+)\.avif", source) == ["360", "640"]
    assert re.findall(r"width-(\d+)\.webp (?:\d+)w", fallback) == ["360", "640"]
    for attribute in ('alt="An open window"', 'loading="lazy"', 'width="360"', 'height="270"', "sizes="):
        assert attribute in fallback


def test_photograph_is_light_at_the_width_of_a_phone(shown):
    small = get_image_model().objects.get().renditions.filter(filter_spec__endswith="|width-360")
    weights = {one.file.name.rpartition(".")[2]: one.file.size for one in small}
    assert weights.keys() == {"avif", "webp"}
    assert max(weights.values()) <= HEAVIEST


def test_drawing_stays_a_drawing(client, trainer, curriculum):
    source = b'<svg xmlns="http://www.w3.org/2000/svg" width="320" height="200" viewBox="0 0 320 200"></svg>'
    image = get_image_model()(title="Lines", file=ImageFile(BytesIO(source), name="lines.svg"))
    image.save()
    picture = {"image": image.pk, "decorative": False, "alt_text": "Lines"}
    lesson = make_lesson(curriculum.module, "Air", [card("picture", picture=picture, caption="Look.")])
    client.force_login(trainer)
    assert re.search(r'<img[^>]+\.svg"', client.get(lesson.url).content.decode())
