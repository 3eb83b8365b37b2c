"""Words that no subject and no SMS may hold: on a shared phone they would say what she, or her work, is about."""

import re

WORDS = (
    # In every language here
    r"hiv|vih|sida|arvs?|m2m|mothers2mothers|pmtct|ptme|tb|cd4",
    # English
    r"mentor mothers?|expert clients?|(sero|hiv-?)?positive|antiretrovirals?|viral load|undetectable|clinics?",
    r"tuberculosis|living with",
    # Portuguese
    r"mães? mentoras?|(soro)?positiv[oa]s?|antirretrovira(l|is)|tarv|carga viral|indetetáve(l|is)|clínicas?",
    r"tuberculose",
    # French
    r"mères? mentors?|mères? mentores?|(séro)?positi(f|fs|ve|ves)|antirétrovira(l|ux)|charge virale|indétectables?",
    r"cliniques?",
    # Swahili
    r"vvu|ukimwi|mama (mentor|mshauri|mlezi)|chanya|kliniki|kifua kikuu|dawa za kufubaza|wanaoishi na",
)
_ANY_CASE = re.compile(rf"(?<!\w)({'|'.join(WORDS)})(?!\w)", re.I)
_CAPITALS = re.compile(r"(?<!\w)(?:ART|TAR|AIDS|PrEP)(?!\w)")  # in small letters: the arts, tar, learning aids


def revealing(text: str) -> list[str]:
    """Which such words a text holds, as they are written there, each once."""
    found = [match[0] for match in _ANY_CASE.finditer(text)] + _CAPITALS.findall(text)
    return list(dict.fromkeys(found))
