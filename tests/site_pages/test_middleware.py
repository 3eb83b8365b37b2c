import pytest
from wagtail.models import Page, Site

from lms.pages.middleware import find_site


@pytest.fixture
def sites(db):
    """Named like the cases below; «learn» is the default one."""
    root = Page.objects.get(depth=1)
    Site.objects.all().delete()
    rows = [("learn", 443, True), ("learn", 8000, False), ("train", 443, False), ("two", 1, False), ("two", 2, False)]
    return [
        Site.objects.create(hostname=name, port=port, is_default_site=default, root_page=root)
        for name, port, default in rows
    ]


@pytest.mark.parametrize(
    ("host", "number"),
    [("learn:8000", 1), ("learn:443", 0), ("learn:9", 0), ("train:9", 2), ("two:2", 4), ("two:9", 0), ("other:1", 0)],
)
def test_site_is_the_one_that_wagtail_would_find(rf, sites, host, number):
    name, port = host.split(":")
    request = rf.get("/", SERVER_NAME=name, SERVER_PORT=port)
    assert find_site(request) == sites[number] == Site._find_for_request(request)


def test_site_is_none_where_there_is_none(rf, db):
    Site.objects.all().delete()
    assert find_site(rf.get("/")) is None


def test_a_page_is_found_by_its_whole_address(client, trainer, curriculum):
    client.force_login(trainer)
    assert client.get(curriculum.lessons[0].url).status_code == 200
    for path in ("learn/what-tb-is/", "learn/tuberculosis/what-tb-is/more/", "tuberculosis/", "learn-home/"):
        assert client.get(f"/en/{path}").status_code == 404, path


def test_a_page_that_is_not_live_is_not_found(client, administrator, curriculum):
    client.force_login(administrator)
    curriculum.lessons[0].unpublish()
    assert client.get(curriculum.lessons[0].url).status_code == 404
