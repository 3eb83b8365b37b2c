"""On paper every text has its place: in each language, design and orientation, however long names and titles are."""

import io
import re
import subprocess
from dataclasses import dataclass
from itertools import combinations

import pytest
from PIL import Image

from certificates.award.evidence import LANGUAGES
from certificates.paper import assets, card, drawing
from tests.factories.certificates import make_snapshot

LOOKS = [(base, orientation) for base in ("hem", "loom") for orientation in ("landscape", "portrait")]
LONGEST = {
    "code": "iphc-refresher-community",
    "version": 12,
    "printed_title": "Práticas profissionais: função, ética, confidencialidade, registos e cuidados de saúde primários "
    "integrados para trabalhadoras comunitárias, nível avançado",
    "level": "Trabalhadora comunitária de saúde integrada, nível avançado dois",
}
LONGEST["neutral_title"] = LONGEST["printed_title"]
SIGNATORIES = [
    {"name": "Professora Doutora Amélia Nhantumbo Machava", "title": "Directora nacional do programa de formação"},
    {"name": "Dr João Macuácua", "title": "Formador principal em cuidados comunitários, Moçambique"},
]
WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.S)


@dataclass
class Word:
    left: float
    top: float
    right: float
    bottom: float
    text: str

    def meets(self, other: "Word") -> bool:
        """Whether their middles run into each other: lines that stand close share the room over their small letters."""
        apart = (self.bottom - self.top) * 0.3, (other.bottom - other.top) * 0.3
        beside = self.right <= other.left + 0.5 or other.right <= self.left + 0.5
        above = self.bottom - apart[0] <= other.top + apart[1] or other.bottom - apart[1] <= self.top + apart[0]
        return not (beside or above)


def pages_of(pdf: bytes) -> list[tuple[float, float, list[Word]]]:
    """Width, height and words of each page, in points."""
    found = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return [
        (float(width), float(height), [Word(*map(float, word[:4]), word[4]) for word in WORD.findall(words)])
        for width, height, words in PAGE.findall(found)
    ]


def level(words: list[Word]) -> list[Word]:
    """All but «SPECIMEN», which lies across the page, whole or in large pieces."""
    return [word for word in words if word.bottom - word.top < (18 if len(word.text) < 4 else 60)]


def collisions(words: list[Word]) -> list[tuple[str, str]]:
    return [(one.text, other.text) for one, other in combinations(level(words), 2) if one.meets(other)]


def outside(width: float, height: float, words: list[Word], margin: float) -> list[str]:
    return [
        word.text
        for word in level(words)
        if min(word.left, word.top, width - word.right, height - word.bottom) < margin * 72 / 25.4
    ]


def longest(language: str, design: dict, **changes) -> dict:
    long = {
        "name": "Ŋándi Đorkenoo Ñúñez-Wanjirũ ŵa Mwanakatwe-Oz",
        "language": language,
        "specimen": True,
        "programme": LONGEST,
        "signatories": SIGNATORIES,
        "issuer": "Formação em Saúde Comunitária e Desenvolvimento Humano",
        "country": {"code": "MZ", "name": "Moçambique"},
        "check_at": "https://formacao.saude-comunitaria.example.org",
        "awarded_on": "2026-09-30",
        "valid_until": "2027-09-30",
        "competencies": 8,
        "design": design,
    }
    return make_snapshot(**long | changes)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("base, orientation", LOOKS)
def test_no_text_runs_into_another(base, orientation, language):
    pdf = drawing.draw(longest(language, {"base": base, "orientation": orientation}))
    ((width, height, words),) = pages_of(pdf)
    assert len(words) > 80
    assert collisions(words) == []
    assert outside(width, height, words, margin=10) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_of_the_card_runs_into_another(language):
    for name in ("Thandiwe Phiri", "Mwanakatwe Wambui Nyambura Wanjirũ Mwangi Kamau-Mwanakatwe"):
        front, back = pages_of(card.draw(longest(language, {}, name=name)))
        for width, height, words in (front, back):
            assert collisions(words) == []
            assert outside(width, height, words, margin=1) == []


@pytest.mark.parametrize("base, orientation", LOOKS)
def test_words_of_a_design_fit_at_their_longest(base, orientation):
    words = {
        "heading": "Certificado de formação profissional 2026",
        "formula": "A direcção nacional certifica, por este meio e sem reserva, ",
        "sentence": "concluiu com êxito todas as componentes do programa, passou nos exames e demonstrou competências",
        "small_print": "Não constitui autorização para exercer. Verifique este documento antes de o aceitar.",
    }
    pdf = drawing.draw(longest("pt", {"base": base, "orientation": orientation, "words": words}))
    ((width, height, placed),) = pages_of(pdf)
    assert collisions(placed) == []
    assert outside(width, height, placed, margin=10) == []
    assert {"Certificado", "autorização"} <= {word.text for word in placed}


@pytest.mark.parametrize("base, orientation", LOOKS)
@pytest.mark.parametrize("competencies", [0, 1, 7, 9, 20])
def test_any_number_of_competencies_has_room(base, orientation, competencies):
    pages = pages_of(drawing.draw(longest("en", {"base": base, "orientation": orientation}, competencies=competencies)))
    assert len(pages) == (2 if competencies > 8 else 1)
    for width, height, words in pages:
        assert collisions(words) == []
        assert outside(width, height, words, margin=10) == []


def picture(width: int, height: int) -> tuple[bytes, str]:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "#00634a").save(file, "PNG")
    return file.getvalue(), "image/png"


@pytest.mark.parametrize("base, orientation", LOOKS)
def test_logos_and_signatures_leave_texts_in_their_places(base, orientation, monkeypatch):
    """However wide or high they are."""
    held = {"wide": picture(900, 60), "round": picture(200, 200), "high": picture(60, 600)}
    monkeypatch.setattr(assets, "data", held.__getitem__)
    design = {"base": base, "orientation": orientation}
    logos = [{"sha256": name, "says": name.title()} for name in held]
    signed = [row | {"signature": name} for row, name in zip(SIGNATORIES, ("wide", "high"), strict=True)]
    bare, full = longest("fr", design), longest("fr", design | {"logos": logos}, signatories=signed)
    assert pages_of(drawing.draw(full)) == pages_of(drawing.draw(bare))


def test_collisions_are_found():
    words = [Word(0, 0, 50, 12, "one"), Word(40, 2, 90, 14, "two"), Word(0, 12, 50, 24, "below")]
    assert collisions(words) == [("one", "two")]
    assert outside(100, 100, words, margin=1) == ["one", "two", "below"]
