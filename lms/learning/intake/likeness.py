"""When two rows, or a row and a record, are likely one person. Pure: no database."""

import unicodedata
from collections import defaultdict

from rapidfuzz import fuzz, process

NEAR = 90  # of 100: one letter in ten differs
APOSTROPHES = str.maketrans("-", " ", "'’ʼ`.")


def name_key(given_names: str, family_name: str) -> str:
    """A name without case, accents, apostrophes and order: «OTIENO, Grace» is «Grace Otieno»."""
    text = unicodedata.normalize("NFKD", f"{given_names} {family_name}".casefold())
    plain = "".join(letter for letter in text if not unicodedata.combining(letter))
    return " ".join(sorted(plain.replace(",", " ").translate(APOSTROPHES).split()))


def marks(recruit: dict) -> list[tuple]:
    """What would tell two rows to be one person: phone, HR number, name with birth year; else the name alone."""
    name = name_key(recruit["given_names"], recruit["family_name"])
    found: list[tuple] = [(key, str(recruit[key]).casefold()) for key in ("phone", "hr_number") if recruit[key]]
    if recruit["birth_year"]:
        found.append(("name", name, recruit["birth_year"]))
    return found or [("row", name)]


class Names:
    """The recruits' names by birth year, to ask for those that are nearly another."""

    def __init__(self, recruits: list[dict]):
        self._by_year: dict[int, dict[str, str]] = defaultdict(dict)
        for recruit in recruits:
            if recruit["birth_year"]:
                key = name_key(recruit["given_names"], recruit["family_name"])
                self._by_year[recruit["birth_year"]] |= {key: key, _as_said(recruit): key}

    def near(self, known: dict) -> set[str]:
        """Keys of names of that year which are not this one but nearly: as they are said, or in whatever order."""
        choices = self._by_year.get(known["birth_year"] or 0)
        if not choices:
            return set()
        key = name_key(known["given_names"], known["family_name"])
        found = {
            choices[name]
            for asked in {key, _as_said(known)}
            for name, _score, _at in process.extract_iter(asked, list(choices), scorer=fuzz.ratio, score_cutoff=NEAR)
        }
        return found - {key}


def _as_said(recruit: dict) -> str:
    return f"{recruit['given_names']} {recruit['family_name']}".casefold()
