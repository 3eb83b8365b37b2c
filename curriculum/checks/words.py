"""Words to avoid and what to say instead, by language: UNAIDS Terminology, as far as the fact base quotes it (§21.2).

Whole words, whatever their case, hyphens and spaces alike; a plural «s» is read along. `unless` names the phrases in
which the word is right.
"""

import re
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class Avoid:
    words: tuple[str, ...]
    say: str
    unless: tuple[str, ...] = ()


ENGLISH = (
    Avoid(("HIV/AIDS",), "HIV; AIDS only for the late stage"),
    Avoid(("AIDS virus", "HIV virus"), "HIV"),
    Avoid(
        ("infected with AIDS", "infected with HIV", "HIV infected", "HIV infected person", "HIV infected people"),
        "person living with HIV",
    ),
    Avoid(
        ("infected",),
        "living with HIV, or: the baby acquired HIV",
        unless=("infected mosquito", "infected mosquitoes", "infected wound"),
    ),
    Avoid(("carrier", "HIV carrier", "AIDS carrier"), "person living with HIV", unless=("baby carrier",)),
    Avoid(("victim", "sufferer", "AIDS victim", "HIV sufferer"), "person living with HIV; client"),
    Avoid(("victim of violence", "rape victim"), "survivor; woman who experienced violence"),
    Avoid(("patients", "the patient", "a patient", "HIV patient", "TB patient"), "client; person living with HIV"),
    Avoid(("AIDS test", "blood test for AIDS"), "HIV test"),
    Avoid(
        ("mother to child transmission",),
        "vertical transmission; passing HIV to the baby",
        unless=(
            "prevention of mother to child transmission",
            "preventing mother to child transmission",
            "elimination of mother to child transmission",
        ),
    ),
    Avoid(("innocent child", "innocent children"), "children living with HIV"),
    Avoid(("gave her baby HIV", "gave HIV to her baby", "gives her baby HIV"), "the baby acquired HIV"),
    Avoid(("high risk group",), "key population; people at higher risk"),
    Avoid(("target group",), "people we serve"),
    Avoid(("prostitute", "prostitution"), "sex worker; sex work"),
    Avoid(("promiscuous", "promiscuity"), "person with several partners"),
    Avoid(("drug addict", "addict", "drug abuser"), "person who uses drugs; person who injects drugs"),
    Avoid(("MSM",), "man who has sex with men"),
    Avoid(
        tuple(f"{verb} {word}" for verb in ("fight", "fighting", "fights") for word in ("AIDS", "HIV", "against"))
        + ("war on", "war against", "battle against", "battling"),
        "response to HIV: no words of war",
    ),
    Avoid(("unprotected sex",), "sex without a condom or PrEP"),
    Avoid(("compliance", "compliant", "non compliance", "non compliant"), "adherence; taking every day"),
    Avoid(("defaulter", "defaulted", "lost client"), "person who missed a visit; person to re-engage"),
    Avoid(("TB suspect",), "person with presumed TB"),
    Avoid(("discordant couple", "discordant"), "serodifferent couple; partners with different results"),
    Avoid(("retarded", "handicapped"), "person with a disability"),
    Avoid(("confined to a wheelchair", "wheelchair bound"), "uses a wheelchair"),
    Avoid(("committed suicide", "commit suicide", "commits suicide"), "died by suicide"),
    Avoid(("teenage mother problem", "unwed mother"), "adolescent mother; young mother"),
    Avoid(("sexually transmitted disease", "STD"), "sexually transmitted infection (STI)"),
    Avoid(
        ("HIV positive baby", "HIV positive babies"), "baby living with HIV; HIV-exposed baby until the final result"
    ),
)
AVOID: dict[str, tuple[Avoid, ...]] = {"en": ENGLISH}


def found(text: str, language: str) -> list[tuple[str, str]]:
    """Each word to avoid as the text has it, once, with what to say instead. Of two that overlap the longer."""
    pattern, say = _reading(language)
    once = {}
    for match in pattern.finditer(text):
        if match.lastgroup is None:
            continue
        once.setdefault(match[0].lower(), (match[0], say[match.lastgroup]))
    return list(once.values())


@cache
def _reading(language: str) -> tuple[re.Pattern, dict[str, str]]:
    """One pattern for all: the longest phrase first, a right phrase without a name."""
    entries = AVOID.get(language, ())
    phrases = [(word, f"w{n}") for n, entry in enumerate(entries) for word in entry.words]
    phrases += [(word, "") for entry in entries for word in entry.unless]
    phrases.sort(key=lambda one: -len(one[0]))
    names: dict[str, str] = {}
    parts = []
    for number, (phrase, name) in enumerate(phrases):
        body = r"[\s-]+".join(map(re.escape, phrase.split())) + "s?"
        if name:
            names[f"p{number}"] = entries[int(name[1:])].say
        parts.append(f"(?P<p{number}>{body})" if name else f"(?:{body})")
    pattern = rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)" if parts else r"(?!)"
    return re.compile(pattern, re.IGNORECASE), names
