"""What learning writes on a curriculum page: ticks, stitches, the way on. See curriculum/slots.py."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.template.loader import render_to_string
from wagtail.models import Page

from curriculum import shelf
from curriculum.models import CurriculumPage, LessonPage, ModulePage

from . import queries, steps
from .models import Place
from .steps import Path, Standing


def fill(request: HttpRequest, page: Page, slot: str, *, cards: Sequence[str] = (), at: int | None = None) -> str:
    """HTML for one slot; nothing for those who read without being enrolled.

    In a preview of a lesson: what a learner has who is `at` this card, with buttons that do nothing.
    """
    if at:
        return render_to_string(f"learning/lesson_{slot}.html", _at(page, at, len(cards)) | {"preview": True}, request)
    standing = getattr(request, "standing", None)
    if standing is None:
        return ""
    if isinstance(page, LessonPage):
        return render_to_string(f"learning/lesson_{slot}.html", _lesson(request, page, cards), request)
    path = path_of(request, standing)
    if isinstance(page, CurriculumPage) and slot == "path":
        return render_to_string("learning/shelf.html", _shelf(request, path), request)
    stop = path.stop(page.translation_key) if isinstance(page, ModulePage) else None
    return render_to_string(f"learning/{slot}.html", {"path": path, "stop": stop, "page": page}, request)


def path_of(request: HttpRequest, standing: Standing) -> Path:
    """Reckoned once a request, however many slots a page has."""
    if not hasattr(request, "path_read"):
        request.path_read = queries.path(request, standing)
    return request.path_read


def _shelf(request: HttpRequest, path: Path) -> dict:
    """Her path by health area and client group; what stands alone on it, such as a practical, has neither."""
    modules = [stop for stop in path.stops if stop.is_module]
    kinds = [(stop.entry.health_area, stop.entry.client_groups) for stop in modules]
    sorted_by = shelf.sort(request.GET, kinds)
    held = [stop for stop, kind in zip(modules, kinds, strict=True) if sorted_by.chosen.holds(*kind)]
    return {"path": path, "shelf": sorted_by, "stops": held}


def _lesson(request: HttpRequest, page: LessonPage, cards: Sequence[str]) -> dict:
    """Where she is: the card she stopped at, wherever it stands now."""
    if not hasattr(request, "place_read"):
        request.place_read = Place.objects.filter(person=request.user, unit_key=page.translation_key).first()
    return _at(page, steps.position(request.place_read, cards), len(cards))


def _at(page: LessonPage, position: int, of: int) -> dict:
    return {"page": page, "position": position, "of": of, "cells": steps.progress_cells(position, of)}
