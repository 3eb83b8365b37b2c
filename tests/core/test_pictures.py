import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for name in ("images/net.max-360.webp", "documents/list.pdf", "images/deep/er.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"kept")
    return tmp_path


def test_picture_is_served_and_may_be_kept(client, media):
    response = client.get("/media/images/net.max-360.webp")
    assert b"".join(response) == b"kept"
    assert "max-age=604800" in response["Cache-Control"]
    assert not response.cookies


@pytest.mark.parametrize("path", ["documents/list.pdf", "images/", "images/deep/", "images/no.webp"])
def test_nothing_but_pictures_is_served(client, media, path):
    assert client.get(f"/media/{path}", follow=True).status_code == 404
