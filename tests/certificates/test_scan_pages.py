import gzip
import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from joserfc import jws
from joserfc.jwk import KeySet

from certificates import keys
from certificates.models import IssuerKey, StatusList
from certificates.views.scan import FILES, OPEN

LIST = "/status/KE/1/revoked"


@pytest.fixture
def kenyan_list(kenya):
    keys.signing_key("KE")
    return StatusList.objects.create(country_code="KE", number=1)


def test_page_is_the_same_for_everybody(learner):
    signed_in = Client()
    signed_in.force_login(learner)
    assert signed_in.get("/V").content == Client().get("/V").content == Client().get("/v").content


def test_page_with_its_scripts_is_light(db, settings):
    page = Client().get("/V").content
    files = [(settings.ROOT / "static" / name).read_bytes() for name in FILES if not name.startswith("img/")]
    assert sum(len(gzip.compress(part)) for part in [page, *files]) <= 14_000


def test_worker_names_every_file_that_the_page_loads(db):
    worker = Client().get("/V.js")
    assert worker["Content-Type"] == "text/javascript"
    files = json.loads(re.search(r"FILES = (\[.*\]);", worker.content.decode()).group(1))
    named = re.findall(r'(?:href|src|data-proof|data-camera)="(/static/[^"]+)"', Client().get("/V").content.decode())
    assert set(files) == {"/V", *named}


def test_signed_list_is_verified_with_the_published_keys(kenyan_list):
    answer = Client().get(LIST)
    published = KeySet.import_key_set({"keys": Client().get("/keys.json").json()["keys"]})
    assert jws.deserialize_compact(answer.content, published, algorithms=["ES256"]).headers()["typ"] == "vc+jwt"
    assert answer["Content-Type"] == "application/vc+jwt" and answer["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize("url", [LIST, "/status/titles", "/V.js"])
def test_no_cookie_and_open_to_other_sites(kenyan_list, url):
    answer = Client().get(url)
    assert answer.status_code == 200 and not answer.cookies
    assert OPEN.items() <= dict(answer.headers).items()
    assert Client().post(url).status_code == 405


@pytest.mark.parametrize("url", ["/status/KE/2/revoked", "/status/LS/1/revoked", "/status/KE/1/late"])
def test_list_that_is_not_there(kenyan_list, url):
    assert Client().get(url).status_code == 404


def test_without_a_key_there_is_no_list_today_and_a_stranger_makes_none(lesotho, settings):
    StatusList.objects.create(country_code="LS", number=1)
    settings.MAKE_CERTIFICATE_KEYS = True
    answer = Client().get("/status/LS/1/revoked")
    assert (answer.status_code, answer["Retry-After"]) == (503, "3600")
    assert not IssuerKey.objects.exists()


def test_list_is_signed_whatever_the_clock_was_before(kenyan_list):
    """What is withdrawn stays known to phones when nothing else may be signed."""
    with time_machine.travel(timezone.now() - timedelta(days=365)):
        with pytest.raises(keys.ClockWentBack):
            keys.signing_key("KE")
        assert Client().get(LIST).status_code == 200


def test_titles_are_the_neutral_ones(curriculum):
    titles = Client().get("/status/titles").json()
    programme = curriculum.programme
    assert titles[programme.code] == {"en": programme.neutral_title}
    assert programme.title not in str(titles)
