"""A lesson as this request reads it: put together once, however many blocks of the template ask."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.safestring import SafeString

from . import bodies, previews, queries, slots
from .models import LessonPage


@dataclass(frozen=True)
class Reading:
    body: bodies.Body
    place: queries.LessonPlace
    progress: SafeString
    dock: SafeString


def reading(request: HttpRequest, page: LessonPage) -> Reading:
    if not hasattr(request, "reading"):
        request.reading = _read(request, page)
    return request.reading


def _read(request: HttpRequest, page: LessonPage) -> Reading:
    if getattr(request, "is_preview", False):
        mode, country = previews.reader(request)
        body = bodies.preview(page, country)
        more = {"at": mode.place(len(body.ids))}
    else:
        body, more = bodies.body_for(page, request.country or None), {}
    progress, dock = (slots.fill(request, page, slot, cards=body.ids, **more) for slot in ("progress", "dock"))
    return Reading(body, queries.lesson_place(page), progress, dock)
