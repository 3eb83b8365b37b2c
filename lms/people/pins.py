"""Which PINs are too easy to guess. Pure reckoning: digits in, the reason out."""

import re

LENGTH = 6
_YEAR = re.compile(r"19[2-9]\d|20[0-4]\d")
_LINES = {"123", "456", "789", "147", "258", "369", "159", "357"}
_KEYPAD_LINES = _LINES | {line[::-1] for line in _LINES}
_EASY_STEPS = {1, 10, 11}


def is_pin(secret: str) -> bool:
    return len(secret) == LENGTH and secret.isascii() and secret.isdigit()


def weakness(pin: str, *, number: str = "", birth_year: str = "") -> str:
    """Why this PIN is refused: «equal», «run», «repeat», «keypad», «own» or «date»; empty when it may be used.

    `number` and `birth_year` are her own, which colleagues know.
    """
    checks = {"own": _is_own(pin, number, birth_year), "equal": len(set(pin)) == 1}
    checks |= {"run": _is_run(pin), "repeat": _repeats(pin), "keypad": _is_keypad(pin), "date": _is_date(pin)}
    return next((name for name, found in checks.items() if found), "")


def _is_own(pin: str, number: str, birth_year: str) -> bool:
    return bool(number and pin in (number, number[::-1])) or bool(birth_year and birth_year in pin)


def _is_run(pin: str) -> bool:
    """Digits or pairs that count up or down: 345678, 890123, 864208, 121314, 102030."""
    steps = {(int(b) - int(a)) % 10 for a, b in zip(pin, pin[1:], strict=False)}
    first, second, third = int(pin[:2]), int(pin[2:4]), int(pin[4:])
    return len(steps) == 1 or (second - first == third - second and abs(second - first) in _EASY_STEPS)


def _repeats(pin: str) -> bool:
    """12 12 12, 123 123, 111 222, 11 22 33, 123 321."""
    doubled = pin[::2] == pin[1::2]
    tripled = len(set(pin[:3])) == 1 and len(set(pin[3:])) == 1
    return pin == pin[:2] * 3 or pin == pin[:3] * 2 or doubled or tripled or pin == pin[::-1]


def _is_keypad(pin: str) -> bool:
    """Two straight lines on the pad: 147 258, 159 357."""
    return pin[:3] in _KEYPAD_LINES and pin[3:] in _KEYPAD_LINES


def _is_date(pin: str) -> bool:
    """Holds a year, or reads as day-month-year in any of the usual orders."""
    a, b, c = int(pin[:2]), int(pin[2:4]), int(pin[4:])
    return bool(_YEAR.search(pin)) or _day_and_month(a, b) or _day_and_month(b, c)


def _day_and_month(a: int, b: int) -> bool:
    return min(a, b) >= 1 and min(a, b) <= 12 and max(a, b) <= 31
