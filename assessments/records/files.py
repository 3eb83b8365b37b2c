"""The record as a download. Its name carries the attempt's id and nobody's name."""

from datetime import datetime

from django.http import HttpResponse

from lms.people.models import User

from ..models import Attempt
from . import drawing
from .building import as_bytes


def as_json(attempt: Attempt, record: dict) -> HttpResponse:
    return _download(as_bytes(record), "application/json", f"attempt-{attempt.pk}.json")


def as_pdf(attempt: Attempt, record: dict, *, made_by: User, made_at: datetime) -> HttpResponse:
    """Raises drawing.MissingLibrary."""
    who = f"{made_by.get_full_name()} · {made_by.staff_number}"
    drawn = drawing.draw(record, made_by=who, made_at=made_at)
    return _download(drawn, "application/pdf", f"attempt-{attempt.pk}.pdf")


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
