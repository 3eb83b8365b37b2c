"""Questions on their way, for the tests of this folder: by hand and by Hypothesis."""

import io
from pathlib import Path

from hypothesis import strategies as st
from PIL import Image

from assessments.exchange import formats
from assessments.exchange.drafts import Draft, faults
from assessments.exchange.images import clean
from assessments.exchange.moodle import Picture

FILES = Path(__file__).parent / "files"


def read_file(name: str) -> formats.Reading:
    return formats.read((FILES / name).read_bytes(), name)


def picture(colour="red", alt="A field") -> Picture:
    data = io.BytesIO()
    Image.new("RGB", (6, 4), colour).save(data, "PNG")
    return Picture(f"{colour}.png", clean(data.getvalue())[0], alt)


def _option(text, right=False, feedback="", **more):
    return {"text": text, "right": right, "feedback": feedback} | more


VALUES = {
    "single": {"options": [_option("Air", True, "Yes."), _option("<Cups> & {~=#:}"), _option("Half", weight="50")]},
    "multiple": {"options": [_option("Cough", True), _option("Fever", True, "It counts."), _option("Sore eyes")]},
    "true_false": {"is_true": False, "said_true": "Medicine cures it.", "said_false": ""},
    "number": {
        "answer": "1000",
        "tolerance": "0.5",
        "unit": "copies/mL",
        "feedback": "Read the card.",
        "others": [{"answer": "200", "tolerance": "0", "share": "50", "feedback": "Another limit."}],
    },
    "matching": {
        "pairs": [{"prompt": "a -> b", "choice": "one"}, {"prompt": "[html] c", "choice": "two -> three"}],
        "extra": ["four"],
        "feedback": "",
    },
    "ordering": {"items": ["Thank her", "Go with her", "Check tomorrow"], "feedback": "First thank her."},
    "short_text": {
        "accepted": ["[plain] supporter", "friend*"],
        "others": [{"text": "%50% family", "share": "50", "feedback": "Only one."}],
        "feedback": "Somebody trusted.",
    },
    "gaps": {"text": "TB is in the [[air]].\nIt can be [[cured]].", "extra": ["water"], "feedback": "Read again."},
    "picture": {
        "pictures": [
            _option("Red", True, "Yes.", image=picture("red", "Red")),
            _option("Blue", image=picture("blue", "Blue")),
        ],
        "several": False,
    },
}


def draft(type_: str, **fields) -> Draft:
    words = {
        "stem": "What is <right> & {wrong}: 50% ~ or = #1 \\n?",
        "case": "Amina coughs.\nShe asks «why?»",
        "why": "Because 1 < 2 // so it is.",
        "code": f"t-{type_.replace('_', '-')}",
        "module": "Tuberculosis / basics",
        "tags": ["air]", "week 1"],
        "difficulty": 3,
        "critical": True,
        "facts": ["tb-f1", "tb-f2"],
        "countries": ["KE", "ZM"],
        "language": "pt",
    }
    return Draft(type=type_, **({"value": VALUES[type_]} | words | fields))


# Generated ------------------------------------------------------------------------------------------------------------

LETTERS = st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"])
SIGNS = st.sampled_from(list("~=#{}:\\[]%<>&\"'*/-$|+@") + ["->", "::", "####", "//", "&amp;", "<b>", "[html]", "%50%"])


def texts(longest: int):
    """What people could type in one line, with every sign that means something to a format."""
    pieces = st.lists(st.one_of(st.text(LETTERS, min_size=1, max_size=6), SIGNS), min_size=1, max_size=8)
    return pieces.map(lambda parts: " ".join("".join(parts).split())[:longest].strip()).filter(bool)


def _options(least_right: int, most_right: int):
    rows = st.lists(st.tuples(texts(60), st.one_of(st.just(""), texts(60))), min_size=2, max_size=5)
    return rows.flatmap(
        lambda found: st.integers(least_right, min(most_right, len(found))).map(
            lambda right: {
                "options": [_option(text, number < right, said) for number, (text, said) in enumerate(found)]
            }
        )
    )


numbers = st.decimals(-9999, 9999, places=3).map(lambda number: f"{number.normalize():f}")
said = st.one_of(st.just(""), texts(60))
PAIRS = st.fixed_dictionaries({"prompt": texts(60), "choice": texts(40)})
GENERATED = {
    "single": _options(1, 1),
    "multiple": _options(1, 5),
    "true_false": st.fixed_dictionaries({"is_true": st.booleans(), "said_true": said, "said_false": said}),
    "number": st.fixed_dictionaries(
        {
            "answer": numbers,
            "tolerance": numbers.map(lambda number: number.lstrip("-")),
            "unit": st.sampled_from(["", "mmHg", "copies/mL", "%"]),
            "feedback": said,
            "others": st.just([]),
        }
    ),
    "matching": st.fixed_dictionaries(
        {
            "pairs": st.lists(
                st.fixed_dictionaries({"prompt": texts(60), "choice": texts(40)}), min_size=2, max_size=5
            ),
            "extra": st.lists(texts(40), max_size=2),
            "feedback": said,
        }
    ),
    "ordering": st.fixed_dictionaries({"items": st.lists(texts(60), min_size=2, max_size=5), "feedback": said}),
    "short_text": st.fixed_dictionaries(
        {"accepted": st.lists(texts(40), min_size=1, max_size=3), "others": st.just([]), "feedback": said}
    ),
    "gaps": st.fixed_dictionaries(
        {
            "text": st.tuples(texts(40), texts(20), texts(40)).map(lambda t: f"{t[0]} [[{t[1]}]] {t[2]}"),
            "extra": st.lists(texts(20), max_size=2),
            "feedback": said,
        }
    ),
    "picture": st.just(VALUES["picture"]),
}


@st.composite
def drafts(draw, type_: str):
    """A question of a type that our own editor would let pass."""
    found = Draft(
        type=type_,
        value=draw(GENERATED[type_]),
        stem=draw(texts(120)),
        case=draw(st.one_of(st.just(""), texts(120))),
        why=draw(st.one_of(st.just(""), texts(120))),
        code=draw(st.from_regex(r"[A-Za-z][a-zA-Z0-9_]{0,9}(-[a-z0-9]{1,9})?", fullmatch=True)),
        module=draw(st.sampled_from(["", "Tuberculosis", "HIV / AIDS", "A//B"])),
        tags=draw(st.lists(st.sampled_from(["air", "week 1", "a]b\\c"]), unique=True)),
        difficulty=draw(st.sampled_from([1, 2, 3])),
        critical=draw(st.booleans()),
        facts=draw(st.lists(st.sampled_from(["tb-f1", "tb-f2"]), unique=True)),
        countries=draw(st.lists(st.sampled_from(["KE", "ZM"]), unique=True)),
        language=draw(st.sampled_from(["", "pt"])),
    )
    return found


def passes(found: Draft) -> bool:
    return not faults(found)
