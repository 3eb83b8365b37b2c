"""The ways in which a design can be looked at before it is live: in each language, then what is hard to set."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

LANGUAGES = ("en", "pt", "fr", "sw")
HARD = {
    "long": (_("A long name"), {"name": "Nomathemba Wilhelmina Tshabalala-Ramaphakela"}),
    "accents": (_("Accents"), {"name": "Ɛsi Ŋwanjirũ Ṱhavhani-Ŵamba"}),
    "geez": (_("Ethiopic letters"), {"name": "ሰላም ተስፋዬ"}),
    "skills": (_("Many competencies"), {"skills": 14}),
    "specimen": (_("Specimen, to print"), {"specimen": True}),
    "card": (_("Wallet card"), {}),
}


def modes() -> list[tuple[str, str]]:
    """Key and words."""
    names = dict(settings.LANGUAGES)
    return [(language, names[language]) for language in LANGUAGES] + [(key, said) for key, (said, _how) in HARD.items()]


def wanted(mode: str) -> tuple[str, dict]:
    """The language of a sample and what is asked of it: `name`, `skills` (how many), `specimen`."""
    return (mode if mode in LANGUAGES else "en"), (HARD[mode][1] if mode in HARD else {})
