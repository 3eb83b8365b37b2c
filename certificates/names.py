"""Family names compared as people type them: without marks, case, spaces and hyphens."""

import unicodedata

# Letters that do not decompose into a base letter and a mark.
_PLAIN = str.maketrans(
    {
        "Đ": "D", "Ð": "D", "Ɖ": "D", "Ɗ": "D", "Ø": "O", "Ɔ": "O", "Ł": "L", "Ŋ": "N", "Ɲ": "N", "Ɛ": "E", "Ǝ": "E",
        "Ɓ": "B", "Ƒ": "F", "Ɣ": "G", "Ħ": "H", "Ɩ": "I", "Ƙ": "K", "Ʃ": "S", "Ŧ": "T", "Ʋ": "V", "Ƴ": "Y", "Ʒ": "Z",
        "Æ": "AE", "Œ": "OE",
    }
)  # fmt: skip


def normalised(name: str) -> str:
    """Only A to Z remain. Empty where a name has none of them."""
    decomposed = unicodedata.normalize("NFKD", name.upper().translate(_PLAIN))
    return "".join(letter for letter in decomposed.upper() if "A" <= letter <= "Z")


def match(typed: str, *printed: str) -> bool:
    """Whether what was typed is one of these, as far as letters go. Nothing matches nothing."""
    wanted = normalised(typed)
    return bool(wanted) and wanted in {normalised(name) for name in printed}
