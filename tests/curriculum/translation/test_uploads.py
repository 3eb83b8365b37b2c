"""A translator's PO file through the side by side: all of it, or a clear sentence."""

import polib
import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail_localize.models import StringTranslation


def upload(client, translation, data: bytes | None, name="pt.po") -> str:
    url = reverse("wagtail_localize:upload_pofile", args=[translation.pk])
    response = client.post(url, {"file": SimpleUploadedFile(name, data)} if data is not None else {})
    assert response.status_code == 302
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


@pytest.fixture
def file(client, trainer, begun) -> polib.POFile:
    """The file as the side by side gives it."""
    client.force_login(trainer)
    response = client.get(reverse("wagtail_localize:download_pofile", args=[begun.pk]))
    return polib.pofile(response.content.decode())


def test_there_and_back(client, begun, file):
    for entry in file:
        entry.msgstr = f"PT {entry.msgid}"
    assert "were taken over" in upload(client, begun, str(file).encode())
    total, done = begun.get_progress()
    assert total == done
    assert {row.translation_type for row in StringTranslation.objects.all()} == {"manual"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'msgid "a"\nmsgstr "b\n', "line 2: “msgstr &quot;b” is not a line of a PO file"),
        (b"\xff\xfe\x00", "line 1: not UTF-8 text"),
        (b"", "the file is empty"),
        (b'msgctxt "title"\nmsgid "a"\nmsgstr "b"\n', "no text in it is translated that stands on this page"),
        (b'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n', "line 2: plural forms"),
        (b'msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n', "stands in line 1 already"),
        (b'msgstr "b"\nmsgid "a"\n', "do not follow each other"),
        (None, "no file was chosen"),
        (b"/etc/hostname", "is not a line of a PO file"),
    ],
)
def test_a_broken_file_is_named_with_its_line_and_changes_nothing(client, trainer, begun, data, words):
    client.force_login(trainer)
    said = upload(client, begun, data)
    assert words in said
    assert said.startswith("Nothing was changed.")
    assert not StringTranslation.objects.exists()


def test_one_text_too_long_and_none_is_taken(client, begun, file):
    for entry in file:
        entry.msgstr = "x" * 256 if entry.msgctxt == "title" else "kurz"
    assert "has 256 characters; at most 255 fit" in upload(client, begun, str(file).encode())
    assert not StringTranslation.objects.exists()


def test_a_file_of_another_page_is_refused(client, begun, file):
    file.metadata["X-WagtailLocalize-TranslationID"] = "another"
    assert "another page or language" in upload(client, begun, str(file).encode())


def test_who_may_not_edit_uploads_nothing(client, hr, begun):
    client.force_login(hr)
    url = reverse("wagtail_localize:upload_pofile", args=[begun.pk])
    assert client.post(url).status_code in (302, 403)
    assert not StringTranslation.objects.exists()
