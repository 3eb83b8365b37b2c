import contextlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.recordings.reading import NotARecording, listen
from tests.factories.recordings import mp3, mp4, ogg, webm


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        (mp3(), ".mp3"),
        (b"ID3\x04\x00\x00\x00\x00\x00\x00" + mp3(), ".mp3"),
        (ogg(), ".ogg"),
        (mp4(10, b"soun"), ".m4a"),
        (mp4(10), ".mp4"),
        (mp4(10, b"vide"), ".mp4"),
        (webm(), ".webm"),
    ],
)
def test_content_says_kind_and_length(content, suffix):
    heard = listen(io.BytesIO(content))
    assert heard.kind.suffix == suffix
    assert heard.seconds == pytest.approx(10, abs=0.1)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7 a paper",
        b"RIFF\x00\x00\x00\x00WAVEfmt ",
        b"<html><script>",
        ogg(first=b"fishead\0"),
        mp4(10, b"text"),
        mp4(0),
        webm(None),
        webm(track=2),
        mp4(10)[:40],
        webm(10)[:30],
    ],
)
def test_anything_else_is_refused(content):
    with pytest.raises(NotARecording):
        listen(io.BytesIO(content))


@given(st.sampled_from([mp3(1), ogg(1), mp4(1), webm(1)]), st.data())
def test_damaged_file_is_refused_or_read_but_never_breaks(content, data):
    at = data.draw(st.integers(0, len(content) - 1))
    broken = content[:at] + data.draw(st.binary(max_size=12)) + content[at + 1 :]
    with contextlib.suppress(NotARecording):
        assert listen(io.BytesIO(broken)).seconds > 0


def test_file_is_left_at_its_beginning():
    file = io.BytesIO(mp3())
    listen(file)
    assert file.tell() == 0
