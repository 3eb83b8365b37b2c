"""What a browser sends from Wagtail's page editor."""

from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from curriculum.card_parts import TEXT_FEATURES


def listed(values: list) -> dict:
    """The fields of a ListBlock."""
    fields = {"count": str(len(values))}
    for n, value in enumerate(values):
        fields[str(n)] = {"deleted": "", "order": str(n), "type": "item", "id": "", "value": value}
    return fields


def card(kind: str, *, title="", facts=(), countries=(), **content) -> tuple[str, dict]:
    """One card as the editor sends it; the text of a card is rich text."""
    if "text" in content:
        content["text"] = rich_text(content["text"], features=TEXT_FEATURES)
    content = {name: listed(value) if isinstance(value, list) else value for name, value in content.items()}
    tail = {"facts": listed([str(fact.pk) for fact in facts]), "countries": tuple(countries)}
    return kind, {"title": title, **content, **tail}


def lesson_form(title: str, cards: list, **fields) -> dict:
    values = {
        "title": title,
        "slug": "a-lesson",
        "objective": "You can ask everyone.",
        "minutes": "15",
        "facts_checked_on": "",
        "cards": streamfield(cards),
        "comments": inline_formset([]),
    }
    return nested_form_data(values | fields)


def row(target, *, after=(), countries=(), except_countries=()) -> tuple[str, dict]:
    value = {
        "target": str(target.pk),
        "required": "on",
        "after": listed([str(page.pk) for page in after]),
        "countries": tuple(countries),
        "except_countries": tuple(except_countries),
    }
    return "row", value


def programme_form(page, rows: list, **fields) -> dict:
    values = {
        name: getattr(page, name) for name in ("title", "slug", "neutral_title", "code", "version", "level", "summary")
    }
    return nested_form_data(
        values | fields | {"firsts": streamfield([]), "rows": streamfield(rows), "comments": inline_formset([])}
    )
