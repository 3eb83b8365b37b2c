"""What can be wrong between the rows of a programme. Pure: it knows pages by title and translation key only."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

Faults = dict[str, str]  # field of the row → what is wrong with it


def faults(rows: Sequence[tuple]) -> dict[int, Faults]:
    """Rows are (target, pages that come before it); a page that was not chosen yet is None. Answers faults by row."""
    keys = [target and target.translation_key for target, _after in rows]
    waits = {
        key: [page.translation_key for page in after if page]
        for key, (_target, after) in zip(keys, rows, strict=True)
        if key
    }
    found = {}
    for number, (target, after) in enumerate(rows):
        if target and (words := _row(number, target, [page for page in after if page], keys, waits)):
            found[number] = words
    return found


def _row(number: int, target, after: list, keys: list, waits: dict) -> Faults:
    if keys.index(target.translation_key) != number:
        return {"target": _("“%(title)s” has a row already. Each needs only one.") % {"title": target.title}}
    for page in after:
        if page.translation_key == target.translation_key:
            return {"after": _("“%(title)s” cannot come after itself.") % {"title": target.title}}
        if page.translation_key not in waits:
            words = _("“%(title)s” is not a row of this programme. Give it a row, or take it away here.")
            return {"after": words % {"title": page.title}}
        if _reaches(page.translation_key, target.translation_key, waits):
            words = _("“%(one)s” waits for “%(other)s”, which waits for “%(one)s”: nobody could ever begin.")
            return {"after": words % {"one": target.title, "other": page.title}}
    return {}


def _reaches(start, goal, waits: dict) -> bool:
    """Whether what `start` waits for leads, step by step, to `goal`."""
    waiting, seen = [start], set()
    while waiting:
        key = waiting.pop()
        if key == goal:
            return True
        if key not in seen:
            seen.add(key)
            waiting += waits.get(key, [])
    return False
