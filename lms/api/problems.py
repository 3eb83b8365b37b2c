"""What goes wrong, said as RFC 9457 asks: `application/problem+json`, with a pointer to each field that is wrong."""

from collections.abc import Iterator
from http import HTTPStatus

from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

CONTENT_TYPE = "application/problem+json"
WRONG_FIELDS = "Some of what you sent is missing or wrong. Nothing was checked."


def problem(error: Exception, context: dict) -> Response | None:
    """DRF's own answer with its headers (WWW-Authenticate, Retry-After), said in the words of the standard."""
    answer = exception_handler(error, context)
    if answer is None:
        return None
    body = {"type": "about:blank", "title": HTTPStatus(answer.status_code).phrase, "status": answer.status_code}
    if isinstance(error, ValidationError):
        body |= {"detail": WRONG_FIELDS, "errors": list(_errors(answer.data))}
    else:
        body["detail"] = str(answer.data.get("detail", ""))
    answer.data, answer.content_type = body, CONTENT_TYPE
    return answer


def _errors(found, pointer: str = "") -> Iterator[dict]:
    """A JSON pointer to each field, with what is wrong there."""
    if isinstance(found, dict):
        for name, inner in found.items():
            own = name in ("non_field_errors", "detail")
            yield from _errors(inner, pointer if own else f"{pointer}/{name}")
    elif isinstance(found, list) and any(isinstance(inner, dict | list) for inner in found):
        for number, inner in enumerate(found):
            yield from _errors(inner, f"{pointer}/{number}")
    else:
        for text in found if isinstance(found, list) else [found]:
            yield {"pointer": f"#{pointer}", "detail": str(text)}
