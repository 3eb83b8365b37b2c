"""Words of the glossary that somebody looks for."""

from ..models import GlossaryTerm
from .finding import Search, says
from .folding import words_of

MOST = 3


def explained(search: Search, glossary: list[GlossaryTerm]) -> list[GlossaryTerm]:
    """Those whose name is all that she typed, or all of whose name she typed."""
    return [term for term in glossary if search.forms and _is_meant(search, term)][:MOST]


def _is_meant(search: Search, term: GlossaryTerm) -> bool:
    names = [f" {' '.join(words_of(form))} " for form in term.forms]
    if any(says(name, search) == len(search.forms) for name in names):
        return True
    needles = [needle for needles in search.forms for needle in needles]
    return any(all(any(f" {word} ".startswith(one) for one in needles) for word in name.split()) for name in names)
