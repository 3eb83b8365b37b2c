"""Answering with the fingers, as a learner does on her phone."""


def give(part, item: dict, response) -> None:
    """Enter a response to an item of a paper: `part` is the form or the part of the page that asks it."""
    if item["type"] in ("number", "short_text"):
        part.locator("input[autocomplete]").fill(response)
    elif item["type"] == "ordering":
        for line in sorted(item["item"]["lines"], key=lambda line: response[line["id"]]):
            part.get_by_text(line["text"], exact=True).click()
    elif item["type"] == "gaps":
        for gap, word in response.items():
            part.locator(f"select[name$='-{gap}']").select_option(word)
    elif item["type"] == "matching":
        for prompt, choice in response.items():
            part.locator(f"label:has(input[name$='-{prompt}'][value='{choice}'])").click()
    else:
        for value in response if isinstance(response, list) else [response]:
            part.locator(f"label:has(input[value='{field_value(value)}'])").click()


def field_value(value) -> str:
    return str(value).lower() if isinstance(value, bool) else value
