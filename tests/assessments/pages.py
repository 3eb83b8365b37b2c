"""How tests ask a quiz's pages."""

from itertools import chain
from uuid import uuid4

from django.urls import reverse

from assessments import question_types, services


def start(person, quiz):
    return services.start_attempt(person, quiz, person.country, "en")


def url(name, attempt, *args):
    needs_number = name in ("question-answer", "question-put-right")
    return reverse(f"assessments:{name}", args=[attempt.pk, *(args or ([1] if needs_number else []))])


def number_of(attempt, stem):
    return next(number for number, item in enumerate(attempt.paper, 1) if item["stem"] == stem)


def posted(response, answer_id=None):
    """The form as a browser sends it, for types with one field."""
    return {"a": str(response).lower() if isinstance(response, bool) else response, "answer_id": answer_id or uuid4()}


def text(response):
    return " ".join(response.content.decode().split())


def form_of(item: dict, response) -> dict:
    """The form as a browser sends it for a response of any type."""
    if isinstance(response, dict):
        return {f"a-{id_}": value for id_, value in response.items()}
    return {"a": str(response).lower() if isinstance(response, bool) else response}


def not_right(item: dict, key: dict):
    """A complete response of any type that is not right."""
    type_ = question_types.get(item["type"])
    right = type_.right_response(item["item"], key)
    if isinstance(right, bool):
        return not right
    if item["type"] in ("number", "short_text"):
        return {"number": "4", "short_text": "Malaria"}[item["type"]]
    if isinstance(right, dict):
        one, *others = right
        other = next(id_ for id_ in others if right[id_] != right[one])
        return right | {one: right[other], other: right[one]}
    choices = chain.from_iterable(rows for rows in item["item"].values() if isinstance(rows, list))
    other = next(row["id"] for row in choices if row["id"] not in right)
    return [other] if isinstance(right, list) else other
