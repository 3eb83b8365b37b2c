"""The code on a certificate: 12 random Crockford base32 characters (60 bits) and one check character over GF(32).

The check is the digit that makes Σ aⁱ·dᵢ zero, a being a primitive element of GF(2⁵) with x⁵ + x² + 1.
The 13 weights are distinct and not zero: every single wrong character and every swap of two is found.
"""

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
_MODULUS = 0b100101
_READ_AS = str.maketrans("OIL", "011")
_GROUPING = re.compile(r"[\s\-_.\u2010-\u2015\u2212]+")


class TypingError(ValueError):
    """What was typed is no code: characters are missing, strange or swapped."""


def new() -> str:
    """A fresh code of 13 characters, without grouping."""
    digits = [secrets.randbelow(32) for _ in range(LENGTH)]
    return _written([*digits, _check(digits)])


def parse(typed: str) -> str:
    """The 13 characters of a code typed in any grouping or case, O for 0, I or L for 1. Raises TypingError."""
    code = _GROUPING.sub("", typed).upper().translate(_READ_AS)
    if len(code) != LENGTH + 1 or any(character not in ALPHABET for character in code):
        raise TypingError
    *digits, check = (ALPHABET.index(character) for character in code)
    if check != _check(digits):
        raise TypingError
    return code


def is_code(typed: str) -> bool:
    try:
        return bool(parse(typed))
    except TypingError:
        return False


def printed(code: str) -> str:
    """XXXX-XXXX-XXXX-C"""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def packed(code: str) -> bytes:
    """Its 13 characters in 9 bytes, 5 bits each, the first character first; 7 zero bits in front."""
    number = 0
    for character in code:
        number = number << 5 | ALPHABET.index(character)
    return number.to_bytes(9)


def _check(digits: list[int]) -> int:
    """The last digit has weight 1, so it equals the sum of the others: in GF(2⁵) minus is plus. (Horner's scheme.)"""
    total = 0
    for digit in digits:
        total = _double(total ^ digit)
    return total


def _double(value: int) -> int:
    value <<= 1
    return value ^ _MODULUS if value & 32 else value


def _written(digits: list[int]) -> str:
    return "".join(ALPHABET[digit] for digit in digits)
