"""How tests ask a quiz's pages."""

from uuid import uuid4

from django.urls import reverse


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
