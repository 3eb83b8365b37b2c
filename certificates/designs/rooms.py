"""How much room a design leaves to each text, in millimetres, and in which sizes it may be set there."""

from dataclasses import dataclass

Steps = tuple[tuple[float, int], ...]  # points, lines it may take; the largest first


@dataclass(frozen=True)
class Room:
    width: float
    steps: Steps
    spaced_capitals: bool = False


@dataclass(frozen=True)
class Skills:
    """Competencies in so many columns, each `width` mm. `densities`: class, lines a column holds, points.

    What none holds goes to a second page.
    """

    columns: int
    width: float
    densities: tuple[tuple[str, int, float], ...]


@dataclass(frozen=True)
class Rooms:
    name: float
    skills: Skills
    texts: dict[str, Room]


ONE_LINE = ((10.5, 1), (9.5, 1), (8.5, 1), (7.5, 1), (6.5, 1), (5.5, 1))
HEADING = ((43, 1), (38, 1), (33, 1), (28, 1), (24, 1), (20, 1), (17, 1), (14, 1))
SENTENCE = ((12, 1), (11, 1), (10, 1), (9, 1), (8, 1))
TWO_LINED_SENTENCE = ((12, 1), (11.5, 1), (11, 1), (12, 2), (11, 2), (10, 2), (9, 2))
SIGNED = ((10.5, 1), (9.5, 1), (8.5, 1), (8, 2), (7, 2), (6, 2))
POST = ((9, 1), (8.5, 1), (8, 1), (7.5, 1), (7, 2), (6, 2))
HOST = ((9, 1), (8, 1), (7.5, 1), (7, 1), (6.5, 1), (6, 1), (5.5, 1), (5, 1))
VALUE = ((12.5, 1), (11.5, 1), (10.5, 1), (9.5, 1))
FORMULA = ((13, 1), (11.5, 1), (10, 1))
SMALL = ((8, 1), (7.5, 1), (7, 2), (6.5, 2), (6, 2))
BOX = ((11, 1), (10, 1), (9, 1), (8, 1))
BOX_SMALL = ((8.5, 1), (8, 1), (7.5, 1), (7.5, 2), (6.5, 2))

HEM_LANDSCAPE = Rooms(
    name=190,
    skills=Skills(2, 99, (("roomy", 2, 10.5), ("easy", 2, 10), ("snug", 3, 10), ("tight", 4, 9))),
    texts={
        "issuer": Room(237, ONE_LINE, spaced_capitals=True),
        "heading": Room(190, HEADING),
        "formula": Room(200, FORMULA),
        "sentence": Room(205, SENTENCE),
        "title": Room(220, ((25, 1), (22, 1), (19, 1), (16, 1), (14, 2), (11, 3))),
        "value": Room(50, VALUE),
        "signed": Room(45, SIGNED),
        "post": Room(45, POST),
        "ask": Room(58, ((9, 1), (8.5, 2), (8, 2))),
        "host": Room(58, HOST),
        "small_print": Room(98, ((8, 1), (7.5, 1), (7, 2), (6, 2))),
        "programme": Room(98, ((7.5, 1), (7, 1), (6.5, 1), (6, 1), (5.5, 2))),
        "specimen": Room(86, BOX),
        "unreviewed": Room(86, BOX_SMALL),
    },
)
HEM_PORTRAIT = Rooms(
    name=150,
    skills=Skills(1, 128, (("roomy", 4, 10.5), ("snug", 6, 10), ("tight", 8, 9))),
    texts=HEM_LANDSCAPE.texts
    | {
        "issuer": Room(152, ONE_LINE, spaced_capitals=True),
        "heading": Room(140, HEADING),
        "formula": Room(140, FORMULA),
        "sentence": Room(154, TWO_LINED_SENTENCE),
        "title": Room(152, ((25, 1), (22, 1), (19, 2), (16, 2), (14, 3), (11, 4))),
        "ask": Room(54, ((9, 2), (8, 2))),
        "host": Room(54, HOST),
        "small_print": Room(148, SMALL),
        "programme": Room(148, SMALL),
    },
)
LOOM_LANDSCAPE = Rooms(
    name=190,
    skills=Skills(1, 185, (("roomy", 5, 10.5), ("snug", 6, 10), ("tight", 8, 9))),
    texts=HEM_LANDSCAPE.texts
    | {
        "issuer": Room(193, ONE_LINE, spaced_capitals=True),
        "heading": Room(102, HEADING),
        "sentence": Room(193, SENTENCE),
        "title": Room(193, ((23, 1), (20, 1), (18, 1), (16, 1), (14, 2), (11, 3))),
        "value": Room(60, VALUE),
        "signed": Room(54, SIGNED),
        "post": Room(54, POST),
        "ask": Room(51, ((9, 1), (8.5, 2), (8, 2))),
        "host": Room(51, HOST),
        "small_print": Room(148, SMALL),
        "programme": Room(148, SMALL),
        "specimen": Room(58, BOX),
        "unreviewed": Room(58, ((8, 1), (7.5, 2), (6.5, 2))),
    },
)
LOOM_PORTRAIT = Rooms(
    name=165,
    skills=Skills(1, 168, (("roomy", 5, 10.5), ("snug", 6, 10), ("tight", 8, 9))),
    texts=LOOM_LANDSCAPE.texts
    | {
        "issuer": Room(172, ONE_LINE, spaced_capitals=True),
        "heading": Room(98, HEADING),
        "formula": Room(170, FORMULA),
        "sentence": Room(172, TWO_LINED_SENTENCE),
        "title": Room(172, ((25, 1), (22, 1), (19, 2), (16, 2), (14, 3), (11, 4))),
        "value": Room(54, VALUE),
        "signed": Room(50, SIGNED),
        "post": Room(50, POST),
        "ask": Room(58, ((9, 1), (8.5, 2), (8, 2))),
        "host": Room(58, HOST),
        "small_print": Room(106, SMALL),
        "programme": Room(106, SMALL),
        "specimen": Room(94, BOX),
        "unreviewed": Room(94, BOX_SMALL),
    },
)
CARD = Rooms(
    name=76,
    skills=Skills(1, 0, ()),
    texts={
        "issuer": Room(67, ((9, 1), (8, 1), (7, 1), (6, 2), (5, 2))),
        "title": Room(75, ((9, 1), (8, 1), (7.5, 2), (6.5, 2), (5.5, 3), (5, 3))),
        "level": Room(75, ((7.5, 1), (6.5, 1), (6, 2), (5, 2))),
        "value": Room(27.5, ((9, 1), (8.5, 1), (8, 1), (7.5, 1), (7, 1), (6.5, 1), (6, 1))),
        "scan": Room(34, ((9, 2), (8, 2), (7.5, 3), (7, 3))),
        "host": Room(35, ((8, 1), (7, 1), (6.5, 1), (6, 1), (5.5, 1), (5, 1), (4.5, 1))),
        "state": Room(34, ((7, 2), (6.5, 2), (6.5, 3), (6, 3))),
    },
)
