"""Family names compared as people type them: without marks, case, spaces, hyphens and apostrophes, in any script.

`static/js/credential.js` reduces them in the same way: one table of names tests both.
"""

import unicodedata

# Letters that do not decompose into a base letter and a mark.
_PLAIN = str.maketrans(
    {
        "Đ": "D", "Ð": "D", "Ɖ": "D", "Ɗ": "D", "Ø": "O", "Ɔ": "O", "Ł": "L", "Ŋ": "N", "Ɲ": "N", "Ɛ": "E", "Ǝ": "E",
        "Ɓ": "B", "Ƒ": "F", "Ɣ": "G", "Ħ": "H", "Ɩ": "I", "Ƙ": "K", "Ʃ": "S", "Ŧ": "T", "Ʋ": "V", "Ƴ": "Y", "Ʒ": "Z",
        "Æ": "AE", "Œ": "OE", "ẞ": "SS",
    }
)  # fmt: skip


_LETTERS = {"Lu", "Ll", "Lt", "Lo"}


def normalised(name: str) -> str:
    """Letters remain, Latin ones as A to Z. Empty where a name has none; an apostrophe that is a letter is none."""
    decomposed = unicodedata.normalize("NFKD", name.upper().translate(_PLAIN)).upper()
    return "".join(letter for letter in decomposed if unicodedata.category(letter) in _LETTERS)


def match(typed: str, *printed: str) -> bool:
    """Whether what was typed is one of these, as far as letters go. Nothing matches nothing."""
    wanted = normalised(typed)
    return bool(wanted) and wanted in {normalised(name) for name in printed}
