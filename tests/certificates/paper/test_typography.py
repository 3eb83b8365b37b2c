import unicodedata

import pytest
from fontTools.ttLib import TTFont

from certificates import designs
from certificates.designs import rooms
from certificates.paper import layout, typography
from tests.factories.certificates import make_snapshot

from ..alphabets import ALPHABETS, ETHIOPIC


@pytest.mark.parametrize(
    "name, size, lines",
    [
        ("Thandiwe Phiri", 38, 1),
        ("Ŵongani Đorkenoo Ñúñez", 33, 1),
        ("Thandiwe Nándi Đorkenoo Phiri", 28, 1),
        ("Ŋándi Đorkenoo Ñúñez-Wanjirũ wa Mwangi", 24, 1),
        ("Ŋándi Đorkenoo Ñúñez-Wanjirũ ŵa Mwanakatwe-Oz", 20.5, 1),
        ("Mwanakatwe Wambui Nyambura Wanjirũ Mwangi Kamau-Mwanakatwe", 20, 2),
    ],
)
def test_name_is_set_by_its_length(name, size, lines):
    layout = typography.lay_out_name(name)
    assert (layout.size, len(layout.lines)) == (size, lines)
    assert "".join(layout.lines).replace(" ", "") == name.replace(" ", "")


def test_wide_name_steps_down_until_it_fits():
    layout = typography.lay_out_name("WWWWWWW MMMMMMMM MMMM")
    assert layout.size < 38
    assert typography.width(layout.lines[0], layout.face, layout.size) <= typography.NAME_WIDTH


def test_name_that_no_size_holds_is_refused():
    with pytest.raises(typography.NameTooLong):
        typography.lay_out_name("W" * 141)


AFRICAN = ["Ŋándi Đorkenoo Ñúñez-Wanjirũ ŵa", "Ṱshilidzi Ḽavhelesani", "Ɛsi Ɔkɔmfo", "O\u0301ba ẹ̀kọ́", "Thiong’o"]


@pytest.mark.parametrize("name", AFRICAN)
def test_faces_hold_african_letters(name):
    assert typography.missing([name]) == []


@pytest.mark.parametrize("language", ALPHABETS)
def test_faces_hold_the_letters_of_each_language(language):
    """Small and large, and each of its marks over each of its vowels and nasals."""
    letters, marks, _source = ALPHABETS[language]
    vowels = [letter for letter in "aeioumn" + letters if letter in "aeioumnɛɔɩʊɨʉŋ"]
    marked = [vowel + mark for vowel in vowels for mark in marks]
    every = "".join([*letters, *marked])
    both = every + every.upper()
    assert typography.missing([both, unicodedata.normalize("NFC", both)]) == []


def test_faces_hold_ethiopic_names():
    assert typography.missing(ETHIOPIC) == []
    assert typography.missing([chr(point) for point in range(0x1200, 0x1380) if unicodedata.name(chr(point), "")]) == []


@pytest.mark.parametrize("face", typography.SERIFS)
def test_faces_hold_the_signs_that_pages_use(face):
    assert set(map(ord, "→★≥≤…–’“”«»×·")) <= set(TTFont(typography.FONTS / face).getBestCmap())


def test_marks_are_no_letters():
    """Written with combining marks a name is set as it is when written without."""
    plain, marked = "Ɔkɔmfo Esi Anokye Mensa", "Ɔ\u0301kɔ\u0300mfo Esi\u0301 Anokye\u0301 Mensa\u0300"
    assert typography.letters(marked) == typography.letters(plain) == len(plain)
    assert typography.lay_out_name(marked).size == typography.lay_out_name(plain).size
    assert typography.width(marked, typography.TEXT, 20) == typography.width(plain, typography.TEXT, 20)


def test_ethiopic_and_mixed_names_are_measured_by_the_face_that_sets_them():
    ethiopic, mixed = "አበበ ቢቂላ ወልደ ማርያም", "አበበ Abebe ቢቂላ Bikila"
    for name in (ethiopic, mixed):
        layout = typography.lay_out_name(name)
        assert len(layout.lines) == 1
        assert typography.width(name, layout.face, layout.size) <= typography.NAME_WIDTH
    assert typography.width("አበበ", typography.DISPLAY, 10) == typography.width("አበበ", typography.TEXT, 10) > 0


@pytest.mark.parametrize("name", ["W" * 22 + " " + "W" * 22, "አ" * 22 + " " + "አ" * 22, "Wanjirũ " * 7])
def test_name_fits_every_room_or_is_refused(name):
    every = [(typography.ON_PAGE, held.name) for design in designs.DESIGNS.values() for held in design.rooms.values()]
    for steps, room in [*every, (typography.ON_CARD, rooms.CARD.name)]:
        layout = typography.lay_out_name(name.strip(), room, steps)
        assert all(typography.width(line, layout.face, layout.size) <= room for line in layout.lines)


def test_missing_letters_are_named():
    assert typography.missing(["خليل Phiri"]) == ["خ", "ل", "ي"]
    assert typography.named("ኣ") == "“ኣ” (ETHIOPIC SYLLABLE GLOTTAL AA)"


def test_every_size_has_its_class():
    steps = (typography.ON_PAGE, typography.ON_CARD)
    sizes = {size for step in steps for size in (*(row[2] for row in step.one_line), *step.two_lines)}
    every = [rooms.CARD, *(held for design in designs.DESIGNS.values() for held in design.rooms.values())]
    sizes |= {points for held in every for room in held.texts.values() for points, _ in room.steps}
    sizes |= {points for held in every for _, _, points in held.skills.densities}
    assert [size for size in sizes if f".size-{size * 10:.0f} {{" not in designs.FACES] == []


@pytest.mark.parametrize("number, density", [(1, "roomy"), (4, "roomy"), (6, "snug"), (8, "tight")])
def test_competencies_stand_in_two_columns(number, density):
    words = layout.page(make_snapshot(competencies=number))
    assert words.density == density
    assert sum(map(len, words.columns)) == number
    assert words.overleaf == []


def test_more_than_eight_competencies_go_overleaf():
    words = layout.page(make_snapshot(competencies=9))
    assert words.columns == []
    assert len(words.overleaf) == 9


@pytest.mark.parametrize("number, density", [(1, "roomy"), (5, "roomy"), (6, "snug"), (8, "tight")])
def test_loom_lists_competencies_one_under_the_other(number, density):
    words = layout.page(make_snapshot(competencies=number, design={"base": "loom"}))
    assert (words.density, len(words.columns), len(words.columns[0])) == (density, 1, number)


@pytest.mark.parametrize(
    "title, size",
    [
        ("Integrated Primary Health Care", 25),
        ("Cuidados de Saúde Primários Integrados para Trabalhadoras", 19),
        ("Cuidados de Saúde Primários Integrados para Trabalhadoras Comunitárias de Saúde, nível avançado", 14),
    ],
)
def test_title_is_set_by_its_width(title, size):
    snapshot = make_snapshot()
    snapshot["programme"]["printed_title"] = title
    assert layout.page(snapshot).fitted["title"].size == size
