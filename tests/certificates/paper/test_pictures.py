import io

import pytest
from PIL import Image, ImageDraw

from certificates.paper import pictures


def as_bytes(image: Image.Image, kind: str = "PNG", **options) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def opened(picture: pictures.Picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.data)).convert("RGB")


GOLD, GREEN = (255, 184, 31), (0, 102, 79)


@pytest.fixture
def stroke():
    """Blue ink on nothing, with an empty edge."""
    image = Image.new("RGBA", (400, 200), (0, 0, 0, 0))
    ImageDraw.Draw(image).line([(100, 150), (200, 50), (300, 150)], fill=(20, 30, 160, 255), width=6)
    return image


def test_transparency_becomes_white_and_colour_stays(stroke):
    picture = pictures.for_paper(as_bytes(stroke))
    image = opened(picture)
    assert picture.content_type == "image/png"
    assert image.getpixel((0, 0)) == (255, 255, 255)
    assert (20, 30, 160) in set(image.get_flattened_data())


def test_empty_edge_is_cut_off(stroke):
    picture = pictures.for_paper(as_bytes(stroke))
    assert 195 < picture.width < 215
    assert 95 < picture.height < 115


def test_scan_keeps_white_paper_and_few_tones():
    scan = Image.effect_noise((300, 100), 9).point(lambda value: min(value + 120, 255)).convert("RGB")
    ImageDraw.Draw(scan).line([(0, 0), (299, 99)], fill=(30, 30, 32), width=4)
    colours = opened(pictures.for_paper(as_bytes(scan))).getcolors()
    assert len(colours) <= 32 and max(colours)[1] == (255, 255, 255)


def test_small_dots_keep_their_colours_beside_a_gradient():
    logo = Image.linear_gradient("L").resize((300, 120)).convert("RGB")
    for place, colour in ((20, GOLD), (60, GREEN)):
        ImageDraw.Draw(logo).ellipse([270, place, 282, place + 12], fill=colour)
    drawn = opened(pictures.for_paper(as_bytes(logo)))
    for place, colour in ((26, GOLD), (66, GREEN)):
        assert all(abs(one - other) <= 4 for one, other in zip(drawn.getpixel((276, place)), colour, strict=True))


def test_large_picture_is_made_smaller():
    picture = pictures.for_paper(as_bytes(Image.new("RGB", (2400, 600), "navy")))
    assert (picture.width, picture.height) == (360, 90)


def test_photograph_stays_jpeg_upright_and_tells_nothing():
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Camera of somebody"  # lies on its side
    picture = pictures.for_paper(as_bytes(Image.new("RGB", (400, 100), "teal"), "JPEG", exif=exif))
    assert picture.content_type == "image/jpeg"
    assert (picture.width, picture.height) == (90, 360)
    assert b"Camera" not in picture.data


def test_same_bytes_give_the_same_picture(stroke):
    assert pictures.for_paper(as_bytes(stroke)) == pictures.for_paper(as_bytes(stroke))


@pytest.mark.parametrize(
    "data",
    [b"", b"no picture", as_bytes(Image.new("RGB", (50, 50), "navy"))[:60], as_bytes(Image.new("L", (50, 50), 255))],
    ids=["empty", "text", "torn", "white"],
)
def test_what_shows_nothing_is_refused(data):
    with pytest.raises(pictures.NoPicture):
        pictures.for_paper(data)
