import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from curriculum.models import Recording
from tests.factories.recordings import make_recording, mp3, mp4, ogg, webm

pytestmark = pytest.mark.django_db


def sent(client, content: bytes, *, name="talk.mp3", media="audio", **fields):
    data = {"title": "Ask with kindness", "language": "en", "transcript": "Good morning.", "tags": ""} | fields
    return client.post(reverse("wagtailmedia:add", args=[media]), data | {"file": SimpleUploadedFile(name, content)})


def problem(response, field="file") -> str:
    assert not Recording.objects.exists()
    return " ".join(response.context["form"].errors[field])


@pytest.mark.parametrize(
    ("media", "content", "suffix"),
    [("audio", mp3(), ".mp3"), ("audio", ogg(), ".ogg"), ("video", mp4(), ".mp4"), ("video", webm(), ".webm")],
)
def test_trainer_adds_a_recording_and_its_length_is_read(client, trainer, media, content, suffix):
    client.force_login(trainer)
    assert sent(client, content, name="Achieng Odhiambo.bin", media=media).status_code == 302
    recording = Recording.objects.get()
    assert recording.duration == pytest.approx(10, abs=0.1)
    assert recording.length == "0:10"
    assert recording.file.name.startswith("recordings/")
    assert recording.file.name.endswith(suffix)
    assert "Achieng" not in recording.file.name


def test_name_does_not_make_a_recording(client, trainer):
    client.force_login(trainer)
    assert "not a sound that every phone plays" in problem(sent(client, b"%PDF-1.7", name="talk.mp3"))


def test_film_is_no_sound(client, trainer):
    client.force_login(trainer)
    assert "not a sound" in problem(sent(client, mp4(), name="talk.m4a"))


def test_heavy_sound_is_told_how_to_become_lighter(client, trainer):
    client.force_login(trainer)
    said = problem(sent(client, ogg(10, filling=120_000), name="talk.ogg"))
    assert "the limit is 64" in said
    assert "mono" in said


def test_large_film_is_told_its_limit(client, trainer):
    client.force_login(trainer)
    said = problem(sent(client, mp4(600, filling=15_100_000), name="film.mp4", media="video"))
    assert "the limit is 14.3" in said
    assert "640 × 360" in said


def test_transcript_is_required(client, trainer):
    client.force_login(trainer)
    assert problem(sent(client, mp3(), transcript=""), "transcript") == "This field is required."


def test_words_are_changed_without_a_new_file(client, trainer):
    recording = make_recording()
    client.force_login(trainer)
    data = {"title": "Another title", "language": "en", "transcript": "Habari.", "tags": ""}
    assert client.post(reverse("wagtailmedia:edit", args=[recording.pk]), data).status_code == 302
    recording.refresh_from_db()
    assert (recording.title, recording.duration) == ("Another title", 10)


def test_learner_and_reviewer_add_none(client, learner, reviewer):
    for person in (learner, reviewer):
        client.force_login(person)
        assert sent(client, mp3()).status_code == 302
        assert not Recording.objects.exists()


def test_menu_says_recordings(client, trainer):
    client.force_login(trainer)
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Recordings" in page
