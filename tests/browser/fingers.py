"""Answering with the fingers, as a learner does on her phone."""

import re

from assessments.models import Attempt

from ..factories.assessments import right_response


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


def first(attempt: Attempt) -> str:
    """The address of the first question, or of all of them."""
    return f"/en/quiz/{attempt.pk}/" + ("questions/" if attempt.layout == "all" else "1/")


def part_of(page, attempt: Attempt, number: int):
    return page.locator(f"#q{number}" if attempt.layout == "all" else "form#answer")


def choose(page, attempt: Attempt, number: int = 1) -> None:
    """Give the right answer; on a screen of one question, press as well."""
    item = attempt.paper[number - 1]
    give(part_of(page, attempt, number), item, right_response(attempt, item))
    if attempt.layout == "one":
        page.get_by_role("button", name="Answer").click()


def saved(page, attempt: Attempt, number: int = 1) -> None:
    """Wait until the phone says that the server has it."""
    if attempt.layout == "one":
        page.wait_for_url(re.compile(rf"/(?!{number}/)(\d+|check)/$"))
    else:
        part_of(page, attempt, number).get_by_text("Saved on the server").wait_for()


def hand_in(page) -> None:
    page.get_by_role("button", name="Hand in", exact=True).click()
    page.wait_for_url("**/result/")
