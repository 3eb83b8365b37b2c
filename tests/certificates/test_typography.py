from pathlib import Path

import pytest

from certificates import typography
from certificates.layout import page_words
from tests.factories.certificates import make_snapshot


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


def test_missing_letters_are_named():
    assert typography.missing(["ኣበበ Phiri"]) == ["ኣ", "በ"]
    assert typography.named("ኣ") == "“ኣ” (ETHIOPIC SYLLABLE GLOTTAL AA)"


def test_every_size_of_a_name_has_its_class():
    css = (Path(typography.__file__).parent / "designs" / "faces.css").read_text()
    steps = (
        *typography.ONE_LINE,
        *typography.ONE_LINE_SMALL,
        *((0, typography.TEXT, size) for size in typography.TWO_LINES),
    )
    layouts = [typography.NameLayout((), face, size) for _, face, size in steps]
    assert all(f".{layout.css_class} {{" in css for layout in layouts)


@pytest.mark.parametrize("number, density", [(1, "roomy"), (4, "roomy"), (6, "snug"), (8, "tight")])
def test_competencies_stand_in_two_columns(number, density):
    words = page_words(make_snapshot(competencies=number))
    assert words.density == density
    assert sum(map(len, words.columns)) == number
    assert words.overleaf == []


def test_more_than_eight_competencies_go_overleaf():
    words = page_words(make_snapshot(competencies=9))
    assert words.columns == []
    assert len(words.overleaf) == 9


@pytest.mark.parametrize("number, density", [(1, "roomy"), (5, "roomy"), (6, "snug"), (8, "tight")])
def test_loom_lists_competencies_one_under_the_other(number, density):
    words = page_words(make_snapshot(competencies=number, design={"base": "loom"}))
    assert (words.density, len(words.columns), len(words.columns[0])) == (density, 1, number)


@pytest.mark.parametrize(
    "title, size",
    [
        ("Integrated Primary Health Care", ""),
        ("Cuidados de Saúde Primários Integrados para Trabalhadoras", "long"),
        ("Cuidados de Saúde Primários Integrados para Trabalhadoras Comunitárias de Saúde, nível avançado", "longest"),
    ],
)
def test_title_is_set_by_its_width(title, size):
    snapshot = make_snapshot()
    snapshot["programme"]["printed_title"] = title
    assert page_words(snapshot).title_class == size
