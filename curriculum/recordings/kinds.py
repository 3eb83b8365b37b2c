"""The kinds of recording that every phone plays. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """`most`: bits a second; more is heard or seen by nobody on a phone."""

    suffix: str
    content_type: str
    most: int

    @property
    def media(self) -> str:
        """«audio» or «video», as wagtailmedia calls it."""
        return self.content_type.partition("/")[0]


SOUND, FILM = 64_000, 400_000
KINDS = {
    kind.suffix: kind
    for kind in (
        Kind(".ogg", "audio/ogg", SOUND),
        Kind(".mp3", "audio/mpeg", SOUND),
        Kind(".m4a", "audio/mp4", SOUND),
        Kind(".mp4", "video/mp4", FILM),
        Kind(".webm", "video/webm", FILM),
    )
}
LARGEST = {"audio": 4_000_000, "video": 15_000_000}
