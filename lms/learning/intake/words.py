"""Words for sexes, languages and months in the four languages, as people type them."""

from functools import cache

from dateutil.parser import parserinfo
from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language_info

from lms.core.sheets import normalise

FEMALE = ("f", "female", "woman", "w", "feminino", "mulher", "femme", "féminin", "mke", "mwanamke")
MALE = ("m", "male", "man", "masculino", "homem", "h", "homme", "masculin", "mume", "mwanamume", "mwanaume")
SEXES = {normalise(word): code for code, words in (("f", FEMALE), ("m", MALE)) for word in words}


class FourLanguages(parserinfo):
    """The months as dateutil knows them, and in Portuguese, French and Swahili; between them «de» and the like."""

    JUMP = [*parserinfo.JUMP, "de", "le", "ya", "mwezi"]
    MONTHS = [
        ("jan", "january", "janeiro", "janvier", "januari"),
        ("feb", "february", "fev", "fevereiro", "février", "fevrier", "februari"),
        ("mar", "march", "março", "marco", "mars", "machi"),
        ("apr", "april", "abr", "abril", "avr", "avril", "aprili"),
        ("may", "maio", "mai", "mei"),
        ("jun", "june", "junho", "juin", "juni"),
        ("jul", "july", "julho", "juillet", "julai"),
        ("aug", "august", "ago", "agosto", "août", "aout", "agosti"),
        ("sep", "sept", "september", "set", "setembro", "septembre", "septemba"),
        ("oct", "october", "out", "outubro", "octobre", "oktoba"),
        ("nov", "november", "novembro", "novembre", "novemba"),
        ("dec", "december", "dez", "dezembro", "déc", "décembre", "decembre", "desemba"),
    ]


@cache
def languages() -> dict[str, str]:
    """A word for a language, without case and accents → its code: «Português», «French», «Kiswahili»."""
    found = {"kiswahili": "sw", "kingereza": "en", "kiingereza": "en"}
    for active, _label in settings.LANGUAGES:
        with translation.override(active):
            found |= {normalise(str(label)): code for code, label in settings.LANGUAGES}
    for code, _label in settings.LANGUAGES:
        info = get_language_info(code)
        found |= {normalise(word): code for word in (code, info["name"], info["name_local"])}
    return found
