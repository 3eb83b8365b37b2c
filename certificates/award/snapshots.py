"""The snapshot of a certificate: canonical JSON, its hash, and which parts of it others may see. Pure."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date

from lms.core.telling import telling_words


def canonical(snapshot: dict) -> bytes:
    """One writing only: keys in order, no spaces, UTF-8."""
    return json.dumps(snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sha256(snapshot: dict) -> str:
    return hashlib.sha256(canonical(snapshot)).hexdigest()


def day(text: str) -> date:
    return date.fromisoformat(text)


def statements(snapshot: dict) -> list[str]:
    """The observed competencies that are printed: beside a neutral title in words that tell of no illness."""
    programme, observed = snapshot["programme"], snapshot["competencies"]
    if programme["printed_title"] != programme["neutral_title"]:
        return [row["statement"] for row in observed]
    neutral = [row.get("neutral_statement") or row["statement"] for row in observed]
    return [statement for statement in neutral if not telling_words(statement)]


def printed_texts(snapshot: dict) -> Iterator[str]:
    """Every text that people typed and the page prints."""
    yield snapshot["holder"]["name"]
    yield snapshot["programme"]["printed_title"]
    yield snapshot["programme"]["level"]
    yield snapshot["issuer"]
    yield snapshot["issuer"].upper()  # as the head of the page has it
    yield from snapshot["design"].get("words", {}).values()
    yield snapshot["country"]["name"]
    yield from statements(snapshot)
    for signatory in snapshot["signatories"]:
        yield from (signatory["name"], signatory["title"])


def public_part(snapshot: dict) -> dict:
    """What the page itself says. No staff number, no mark, no other title, no observer."""
    programme = snapshot["programme"]
    return {
        "code": snapshot["code"],
        "check_at": snapshot["check_at"],
        "name": snapshot["holder"]["name"],
        "programme": {
            "code": programme["code"],
            "title": programme["printed_title"],
            "version": programme["version"],
            "level": programme["level"],
        },
        "competencies": statements(snapshot),
        "issuer": snapshot["issuer"],
        "country": snapshot["country"]["code"],
        "awarded_on": snapshot["awarded_on"],
        "valid_until": snapshot["valid_until"],
        "specimen": snapshot["specimen"],
        "language": snapshot["language"],
        "design": {name: snapshot["design"][name] for name in ("base", "sha256", "orientation")},
    }
