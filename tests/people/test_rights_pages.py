"""«My data»: her own page, its files, and her wishes."""

import gzip
import io
import json
from pathlib import Path

import pytest
from django.urls import reverse
from pypdf import PdfReader
from wagtail.models import ModelLogEntry

from lms.messaging import opting
from lms.people.models import DataRequest
from lms.people.rights import requests
from tests.factories.certificates import issued
from tests.factories.people import make_person

PAGES = ("my-data", "my-data-json", "my-data-pdf")
LIMIT = 14 * 1024


def url(name, *args):
    return reverse(f"people:{name}", args=args)


@pytest.fixture
def signed_in(client, learner):
    client.force_login(learner)
    return client


@pytest.mark.parametrize("name", PAGES)
def test_strangers_sign_in_first(client, db, name):
    assert "/sign-in/" in client.get(url(name)).headers["Location"]


@pytest.mark.parametrize("name", PAGES)
def test_these_pages_are_only_read(signed_in, name):
    assert signed_in.post(url(name)).status_code == 405


@pytest.mark.parametrize("name", PAGES)
def test_each_is_about_herself(signed_in, other_learner, name):
    body = b"".join(signed_in.get(url(name)))
    text = PdfReader(io.BytesIO(body)).pages[0].extract_text() if name == "my-data-pdf" else body.decode()
    assert "Amina" in text and "Beatrice" not in text


def test_the_page_is_light(signed_in, learner, curriculum):
    issued(learner, curriculum)
    page = gzip.compress(signed_in.get(url("my-data")).content)
    styles = [gzip.compress(Path(f"static/css/{name}.css").read_bytes()) for name in ("base", "my-data")]
    assert len(page) + sum(map(len, styles)) < LIMIT


def test_the_file_is_for_machines_and_says_nobodys_name_outside(signed_in, learner):
    answer = signed_in.get(url("my-data-json"))
    data = json.loads(answer.content)
    assert (data["format"], data["version"]) == ("my-data", 1)
    assert data["sections"][0]["rows"][0]["Staff number"] == learner.staff_number
    name = answer.headers["Content-Disposition"]
    assert "Amina" not in name and learner.staff_number not in name
    assert ModelLogEntry.objects.get(action="people.take_data").label == learner.staff_number


def test_the_paper_is_tagged(signed_in):
    pdf = PdfReader(io.BytesIO(signed_in.get(url("my-data-pdf")).content))
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "pdfuaid" in pdf.trailer["/Root"]["/Metadata"].get_data().decode()


def test_a_name_in_a_script_that_the_faces_lack_is_still_drawn(client, kenya):
    client.force_login(make_person("አማና", "Otieno"))
    assert client.get(url("my-data-pdf")).content.startswith(b"%PDF")


def test_she_sees_who_looked_by_day_and_role_once(signed_in, learner, hr, client):
    staff = type(client)()
    staff.force_login(hr)
    for _time in range(2):
        assert staff.get(reverse("reports:person", args=[learner.pk])).status_code == 200
    data = json.loads(signed_in.get(url("my-data-json")).content)
    looks = next(section["rows"] for section in data["sections"] if section["title"] == "Who looked at your record")
    assert [row["Who"] for row in looks] == ["HR"]
    assert "Kamau" not in json.dumps(data)


@pytest.mark.parametrize("kind", ["correct", "erase"])
def test_a_wish_waits_once(signed_in, learner, kind):
    for _time in range(2):
        assert signed_in.post(url("my-data-ask", kind), {"words": "My name is Amina Atieno"}).status_code == 302
    assert learner.data_requests.get().kind == kind
    assert "Atieno" in signed_in.get(url("my-data")).content.decode()
    assert url("my-data-ask", kind) not in signed_in.get(url("my-data")).content.decode()


def test_a_correction_says_what_is_wrong(signed_in, learner):
    assert signed_in.post(url("my-data-ask", "correct"), {"words": ""}).status_code == 200
    assert not learner.data_requests.exists()


def test_an_erasure_needs_no_reason(signed_in, learner):
    assert "Nobody can bring them back" in signed_in.get(url("my-data-ask", "erase")).content.decode()
    signed_in.post(url("my-data-ask", "erase"), {"words": ""})
    assert learner.data_requests.get().words == ""


def test_there_are_two_wishes(signed_in):
    assert signed_in.get(url("my-data-ask", "sell")).status_code == 404


def test_she_takes_a_wish_back_and_may_ask_again(signed_in, learner):
    wish = requests.ask(learner, "erase")
    for _time in range(2):
        signed_in.post(url("my-data-withdraw", wish.pk))
    wish.refresh_from_db()
    assert wish.withdrawn_at
    requests.ask(learner, "erase")


def test_nobody_takes_back_the_wish_of_another(signed_in, other_learner):
    wish = requests.ask(other_learner, "erase")
    assert signed_in.post(url("my-data-withdraw", wish.pk)).status_code == 404
    assert signed_in.get(url("my-data-withdraw", wish.pk)).status_code == 405


def test_an_answered_wish_cannot_be_taken_back(signed_in, learner, hr):
    wish = requests.ask(learner, "correct", "My phone")
    requests.decide(wish, by=hr, granted=True, answer="Done")
    signed_in.post(url("my-data-withdraw", wish.pk))
    assert DataRequest.objects.get().withdrawn_at is None
    assert "Done" in signed_in.get(url("my-data")).content.decode()


def test_she_may_want_no_messages(client, kenya):
    person = make_person("Amina", "Otieno", phone="+254712345678")
    client.force_login(person)
    client.post(url("my-data-messages"), {"wanted": "no"})
    assert opting.is_opted_out("sms", "+254712345678")
    client.post(url("my-data-messages"), {"wanted": "yes"})
    assert not opting.is_opted_out("sms", "+254712345678")


def test_without_an_address_there_is_nothing_to_want(signed_in):
    assert signed_in.post(url("my-data-messages"), {"wanted": "no"}).status_code == 302
    assert url("my-data-messages") not in signed_in.get(url("my-data")).content.decode()
