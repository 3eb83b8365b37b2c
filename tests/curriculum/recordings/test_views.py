import pytest
from django.urls import reverse

from curriculum.recordings.views import asked_part
from tests.factories.content import card, make_lesson
from tests.factories.recordings import make_recording, mp3

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("", None),
        ("bytes=0-", range(0, 100)),
        ("bytes=10-19", range(10, 20)),
        ("bytes=90-400", range(90, 100)),
        ("bytes=-5", range(95, 100)),
        ("bytes=-500", range(0, 100)),
        ("bytes=20-10", None),
        ("bytes=0-1,5-6", None),
        ("bytes=-", None),
        ("pages=1-2", None),
    ],
)
def test_part_is_the_one_asked_for(header, part):
    assert asked_part(header, 100) == part


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=500-600", "bytes=-0"])
def test_part_that_is_not_there_is_empty(header):
    assert len(asked_part(header, 100)) == 0


def test_learner_hears_it_whole_and_in_parts(client, learner):
    recording = make_recording()
    client.force_login(learner)
    whole = client.get(recording.url)
    assert b"".join(whole.streaming_content) == mp3()
    assert whole["Content-Type"] == "audio/mpeg"
    assert whole["Cache-Control"].startswith("private")
    part = client.get(recording.url, headers={"Range": "bytes=5-9"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, mp3()[5:10])
    assert part["Content-Range"] == f"bytes 5-9/{len(mp3())}"
    assert client.get(recording.url, headers={"Range": "bytes=99999999-"}).status_code == 416


def test_stranger_signs_in_first(client):
    recording = make_recording()
    assert client.get(recording.url)["Location"].startswith(reverse("people:sign-in"))
    assert client.get(f"/media/{recording.file.name}").status_code in (302, 404)


def test_only_reading_is_allowed_and_only_what_is_there(client, learner):
    client.force_login(learner)
    assert client.post(make_recording().url).status_code == 405
    assert client.get(reverse("recording", args=["x.mp3"])).status_code == 404


def test_card_says_its_cost_and_loads_nothing(client, trainer, curriculum):
    recording = make_recording()
    lesson = make_lesson(curriculum.module, "Heard", [card("audio", recording=recording.pk)])
    client.force_login(trainer)
    page = client.get(lesson.url).content.decode()
    assert 'preload="none"' in page
    assert "0:10 minutes · loads 38.9 KB" in page.replace("\xa0", " ")
    assert "I ask everybody these questions." in page
    assert "autoplay" not in page


def test_card_follows_a_changed_recording(client, trainer, curriculum):
    recording = make_recording()
    lesson = make_lesson(curriculum.module, "Heard", [card("audio", recording=recording.pk)])
    client.force_login(trainer)
    client.get(lesson.url)
    recording.transcript = "New words."
    recording.save()
    assert "New words." in client.get(lesson.url).content.decode()


def test_lesson_without_recordings_costs_no_query_for_them(client, trainer, curriculum, django_assert_num_queries):
    from curriculum.bodies import _files_version

    lesson = curriculum.lessons[0]
    with django_assert_num_queries(0):
        assert _files_version(lesson) == "-"


def test_recording_that_was_taken_away_breaks_no_lesson(client, trainer, curriculum):
    recording = make_recording()
    lesson = make_lesson(curriculum.module, "Heard", [card("audio", recording=recording.pk)])
    recording.delete()
    client.force_login(trainer)
    assert "This recording was taken away." in client.get(lesson.url).content.decode()
