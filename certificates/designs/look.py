"""What of a design the ornaments and the style sheet depend on: two certificates of one look share both."""

from dataclasses import dataclass

from .colours import ACCENT, FILL, MAIN

MADDER = "#97143a"
FAINT = 0.13  # of the main colour on white: no transparency, so every copier sees the same
SIZES = {"landscape": (297, 210), "portrait": (210, 297)}  # mm


@dataclass(frozen=True)
class Look:
    base: str
    orientation: str = "landscape"
    border: str = "full"
    main: str = MAIN
    line: str = ACCENT
    fill: str = FILL

    @classmethod
    def of(cls, design: dict) -> "Look":
        """From the frozen design of a snapshot."""
        return cls(design["base"], design["orientation"], design["border"], **design["colours"])

    @property
    def size(self) -> tuple[int, int]:
        return SIZES[self.orientation]

    @property
    def is_portrait(self) -> bool:
        return self.orientation == "portrait"

    @property
    def thread(self) -> str:
        """The third colour of woven bands: madder beside the shipped colours, else that of the lines."""
        return MADDER if (self.main, self.line, self.fill) == (MAIN, ACCENT, FILL) else self.line

    @property
    def ghost(self) -> str:
        channels = (int(self.main[start : start + 2], 16) for start in (1, 3, 5))
        return "#" + "".join(f"{round(255 - (255 - channel) * FAINT):02x}" for channel in channels)
