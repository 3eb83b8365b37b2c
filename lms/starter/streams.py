"""Turns the files' cards, questions and rows into StreamField data. Block ids come from the source_id and the place."""

from uuid import NAMESPACE_URL, uuid5

from django.utils.text import slugify

from curriculum.drawings import DRAWINGS

from .files import Card, ContentError, Lesson


def block_id(*parts) -> str:
    return str(uuid5(NAMESPACE_URL, "/".join(map(str, parts))))


def listed(source_id: str, values: list) -> list[dict]:
    """The stored form of a ListBlock."""
    return [{"type": "item", "value": value, "id": block_id(source_id, "item", n)} for n, value in enumerate(values)]


def cards(lesson: Lesson, source_id: str, fact_pks: dict[str, int]) -> list[dict]:
    """The stored form of the cards of a lesson or of a job aid."""
    return [
        {
            "type": card.kind,
            "id": block_id(source_id, n),
            "value": _content(lesson, card, f"{source_id}/{n}")
            | {
                "title": card.title,
                "facts": listed(f"{source_id}/{n}/facts", [fact_pks[code] for code in card.facts]),
                "countries": card.countries,
            },
        }
        for n, card in enumerate(lesson.cards)
    ]


def _content(lesson: Lesson, card: Card, name: str) -> dict:
    return globals()[f"_{card.kind}"](lesson, card, name)


def _ask(lesson, card, name):
    return {"question": " ".join(card.paragraphs)}


def _text(lesson, card, name):
    return {"text": card.html}


_story = _note = _summary = _text


def _remember(lesson, card, name):
    paragraphs = card.paragraphs
    signs = [item.partition(":") for item in card.items]
    if not paragraphs or len(paragraphs) > 2 or any(not word for _, word, _ in signs):
        raise ContentError(lesson.path, card.line, "«remember» takes a message, lines «- icon: word», a closing line")
    return {
        "message": paragraphs[0],
        "signs": listed(name, [{"sign": sign.strip(), "word": word.strip()} for sign, _, word in signs]),
        "closing": paragraphs[1] if len(paragraphs) > 1 else "",
    }


def _say(lesson, card, name):
    spoken = [item.partition(":") for item in card.items]
    if not spoken or card.paragraphs or any(not words for _, _, words in spoken):
        raise ContentError(lesson.path, card.line, "«say» takes lines «- Name: words»")
    return {"lines": listed(name, [{"speaker": who.strip(), "words": words.strip()} for who, _, words in spoken])}


def _steps(lesson, card, name):
    if not card.items:
        raise ContentError(lesson.path, card.line, "«steps» takes a numbered list")
    return {"steps": listed(name, card.items), "closing": _closing(lesson, card)}


def _flash(lesson, card, name):
    sides = [item.partition("::") for item in card.items]
    if not sides or card.paragraphs or any(not back for _, back, _ in sides):
        raise ContentError(lesson.path, card.line, "«flash» takes lines «- front :: back»")
    return {"cards": listed(name, [{"question": front.strip(), "answer": back.strip()} for front, _, back in sides])}


def _table(lesson, card, name):
    rows = card.rows
    if len(rows) < 2 or len(rows[0]) > 3 or any(len(row) != len(rows[0]) for row in rows):
        raise ContentError(lesson.path, card.line, "«table» takes a table of at most three columns, all rows whole")
    return {
        "table": {
            "columns": [{"type": "text", "heading": heading} for heading in rows[0]],
            "rows": [{"values": row} for row in rows[1:]],
            "caption": "",
        },
        "closing": _closing(lesson, card),
    }


def _closing(lesson, card) -> str:
    """The one paragraph after a card's list or table; it must be the last thing on the card."""
    if not card.paragraphs:
        return ""
    if len(card.paragraphs) > 1 or not card.body.rstrip().endswith(card.paragraphs[0][-12:]):
        raise ContentError(lesson.path, card.line, f"«{card.kind}» takes one line of text, after it")
    return card.paragraphs[0]


def _drawing(lesson, card, name):
    first, *caption = card.paragraphs
    mark, _, drawing = first.partition(":")
    if mark != "drawing" or drawing.strip() not in DRAWINGS:
        raise ContentError(lesson.path, card.line, f"there is no «{first}»: see the names in curriculum/drawings.py")
    return {"name": drawing.strip(), "caption": " ".join(caption)}


def _value(lesson, card, name):
    return {"key": card.body.strip()}


def steps(source_id: str, rows: list[dict]) -> list[dict]:
    """The stored form of a practical's steps."""
    return [
        {
            "type": "step",
            "id": block_id(source_id, n),
            "value": {
                "text": row["text"],
                "critical": bool(row.get("critical")),
                "needs": row.get("needs", ""),
                "countries": row.get("countries", []),
            },
        }
        for n, row in enumerate(rows)
    ]


def programme_rows(source_id: str, rows: list[dict], page_pks: dict[str, int]) -> list[dict]:
    """The stored form of a programme's rows."""
    return [
        {
            "type": "row",
            "id": block_id(source_id, row["unit"]),
            "value": {
                "target": page_pks[row["unit"]],
                "required": row.get("required", True),
                "after": listed(f"{source_id}/{row['unit']}", [page_pks[other] for other in row.get("after", [])]),
                "countries": row.get("only", []),
                "except_countries": row.get("except", []),
            },
        }
        for row in rows
    ]


def firsts(source_id: str, rows: list[dict], pks: dict[str, int]) -> list[dict]:
    """The stored form of what comes before a programme."""
    return [
        {
            "type": "first",
            "id": block_id(source_id, "first", row["programme"]),
            "value": {"programme": pks[row["programme"]], "how_far": row.get("how_far", "completed")},
        }
        for row in rows
    ]


def sections(source_id: str, rows: list[dict], pks: dict[str, int]) -> list[dict]:
    """The stored form of a quiz's sections. A question that an editor deleted is asked no more."""
    found = []
    for number, row in enumerate(rows):
        place = f"{source_id}/{number}" if number else source_id
        if "fixed" in row:
            chosen = [pks[name] for name in row["fixed"] if name in pks]
            found.append({"type": "fixed", "id": block_id(place), "value": {"questions": listed(place, chosen)}})
        else:
            value = {
                "count": row["draw"],
                "module": pks.get(row.get("module")),
                "tags": [slugify(name) for name in row.get("tags", [])],
                "difficulty": [str(level) for level in row.get("difficulty", [])],
            }
            found.append({"type": "draw", "id": block_id(place), "value": value})
    return found


def bands(source_id: str, rows: list[dict]) -> list[dict]:
    """The stored form of a quiz's messages by score."""
    return [
        {
            "type": "band",
            "id": block_id(source_id, "band", row["from"]),
            "value": {"from_percent": row["from"], "message": row["message"]},
        }
        for row in rows
    ]
