"""«Check many» and «Check a PDF» as HR meets them."""

import hashlib
import re
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import ModelLogEntry

from certificates.checks import files
from certificates.checks.carrying import carry_out
from certificates.models import BulkCheck
from certificates.proof import codes
from tests.factories.register import registered, revoked

SEND, FILES = reverse("staff_certificate_checks:index"), reverse("staff_certificate_files:index")


@pytest.fixture
def office(client, hr):
    client.force_login(hr)
    return client


def form(client, **data) -> dict:
    key = re.search(r'name="key" value="([^"]+)"', client.get(SEND).content.decode())[1]
    return {"key": key} | data


def sheet(text: str, name: str = "codes.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def checked(client, **data) -> str:
    """The address of the results, once they are there."""
    where = client.post(SEND, form(client, **data))["Location"]
    carry_out(BulkCheck.objects.get(state="waiting").pk)
    return where


def test_a_sheet_is_sent_watched_and_answered(office, learner):
    valid, gone = registered(learner), revoked(registered(learner))
    data = form(office, file=sheet(f"Code,Surname\n{valid.code},Otieno\n{gone.code},Wanjiru\n{codes.new()},\n"))
    where = office.post(SEND, data)["Location"]
    assert office.post(SEND, {"key": data["key"], "pasted": valid.code})["Location"] == where  # pressed twice
    waiting = office.get(where).content.decode()
    assert "0 of 3 rows looked at" in waiting and 'http-equiv="refresh"' in waiting
    carry_out(BulkCheck.objects.get().pk)
    page = office.get(where).content.decode()
    assert "3 rows" in page and "24 hours" in page and "Name does not match" in page and "Conduct" in page
    wrong = office.get(where, {"show": "wrong"}).content.decode()
    assert gone.printed_code in wrong and valid.printed_code not in wrong
    assert office.get(where, {"show": "nonsense"}).status_code == 404
    BulkCheck.objects.update(uploaded_at=datetime(2026, 2, 28, 22, tzinfo=UTC))  # the next day in Nairobi
    file = office.get(f"{where}file/")
    assert file["Content-Disposition"] == 'attachment; filename="certificates-checked-20260301.xlsx"'
    assert ModelLogEntry.objects.get(action="core.export").data["rows"] == 3
    assert where in office.get(SEND).content.decode()


def test_pasted_codes_are_answered(office, learner):
    where = checked(office, pasted=f"{registered(learner).printed_code}\n{learner.staff_number}")
    page = office.get(where).content.decode()
    assert page.count('class="said said-valid"') == 2


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "one of the two"),
        ({"file": "Site\nHill\n"}, "No column holds codes or staff numbers"),
        ({"file": ""}, "The file is empty"),
        ({"file": "Code\n"}, "no rows below it"),
        ({"file": "Code\n" + "x\n" * 5001}, "more than 5000 rows"),
        ({"pasted": "\n"}, "one of the two"),
        ({"pasted": "hello"}, "no rows below it"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_kept(office, given, words):
    data = form(office, **{name: sheet(text) if name == "file" else text for name, text in given.items()})
    assert words in office.post(SEND, data).content.decode()
    assert not BulkCheck.objects.exists()


def test_too_large_a_request_is_not_read(office):
    answer = office.post(SEND, {"key": "x", "file": sheet("x" * 3_000_000)})
    assert answer.status_code == 413 and "larger than 2 MB" in answer.content.decode()


def test_another_persons_check_is_not_there(client, hr, administrator, learner, other_country_hr, trainer):
    client.force_login(hr)
    where = checked(client, pasted=registered(learner).code)
    for person in (administrator, other_country_hr):
        client.force_login(person)
        assert client.get(where).status_code == client.get(f"{where}file/").status_code == 404
        stolen = {"key": BulkCheck.objects.get().pk, "pasted": codes.new()}
        assert client.post(SEND, stolen).status_code == 404
    client.force_login(trainer)
    assert {client.get(url).status_code for url in (where, SEND, FILES)} == {302}  # Wagtail's «you may not»
    client.logout()
    assert "/login/" in client.get(where)["Location"] and "/login/" in client.get(FILES)["Location"]


def test_wrong_methods(office, learner):
    where = checked(office, pasted=registered(learner).code)
    assert {office.put(url).status_code for url in (SEND, FILES, where)} == {405}
    assert office.post(where).status_code == 405


def pdf(content: bytes = b"%PDF-1.7 x") -> SimpleUploadedFile:
    return SimpleUploadedFile("Grace Mutua.pdf", content)


def test_a_genuine_file_leads_to_its_state_today(office, learner, lesotho_learner):
    data, other = b"%PDF-1.7 ours", b"%PDF-1.7 of elsewhere"
    here = registered(learner, pdf_sha256=hashlib.sha256(data).hexdigest())
    there = registered(lesotho_learner, pdf_sha256=hashlib.sha256(other).hexdigest())
    page = office.post(FILES, {"files": [pdf(data), pdf(other)]}).content.decode()
    assert page.count("Genuine") == 2 and "said-valid" in page
    assert reverse("staff_certificates:show", args=[here.pk]) in page
    assert there.printed_code in page and str(there.pk) not in page
    revoked(here)
    page = office.post(FILES, {"files": [pdf(data)]}).content.decode()
    assert "Genuine" in page and "Withdrawn" in page and "look at its state" in page


def test_other_files_say_what_they_are_and_leave_no_name_behind(office):
    page = office.post(
        FILES, {"files": [pdf(b"%PDF-1.7 forged"), pdf(b"\xff\xd8\xffphoto"), pdf(b"")]}
    ).content.decode()
    assert "Not ours" in page and "A scan or a photo" in page and "Not a PDF" in page
    assert 'name="code"' in page and page.count("Grace Mutua.pdf</p>") == 3
    entry = ModelLogEntry.objects.get(action="certificates.check_files")
    assert entry.data == {"files": 3, "not_ours": 1, "scan": 1, "not_pdf": 1}
    assert "Mutua" not in str(ModelLogEntry.objects.values())


def test_too_many_or_too_large_files_are_refused(office):
    assert "at most 20 files" in office.post(FILES, {"files": [pdf() for _number in range(21)]}).content.decode()
    assert "Larger than 1 MB" in office.post(FILES, {"files": [pdf(b"%PDF-" + b"x" * 1_100_000)]}).content.decode()
    assert office.post(FILES, {"files": [pdf(b"x" * 23_000_000)]}).status_code == 413
    assert "This field is required" in office.post(FILES, {}).content.decode()


def test_no_file_touches_the_disk(office, monkeypatch):
    kinds = []
    monkeypatch.setattr(
        "certificates.staff.check_files.look_at", lambda given, by: kinds.extend(map(type, given)) or []
    )
    office.post(FILES, {"files": [pdf(b"x" * 3_000_000), pdf(b"x" * 3_000_000)]})
    assert {kind.__name__ for kind in kinds} == {"InMemoryUploadedFile"}


def test_a_slow_file_does_not_keep_the_others_waiting(office, monkeypatch):
    monkeypatch.setattr(files, "MOST_SECONDS", -1)
    assert "send it again by itself" in office.post(FILES, {"files": [pdf()]}).content.decode()
