"""What programmes are called for the world: the neutral titles only, by code and language."""

from collections import defaultdict

from curriculum.models import ProgrammePage


def by_code() -> dict[str, dict[str, str]]:
    """Of those that are live. One query."""
    titles: dict[str, dict[str, str]] = defaultdict(dict)
    rows = ProgrammePage.objects.live().order_by().values_list("code", "locale__language_code", "neutral_title")
    for code, language, title in rows:
        titles[code][language] = title
    return titles
