"""The door of recordings: for whoever is signed in, in parts where a player asks for a part."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from ..models import Recording

PIECE = 64 * 1024
DAY = 60 * 60 * 24


@require_safe
@login_required
def play(request: HttpRequest, name: str) -> HttpResponse:
    recording = get_object_or_404(Recording, file=f"recordings/{name}")
    try:
        file = recording.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    size = recording.file.size
    part = asked_part(request.headers.get("Range", ""), size)
    if part is None:
        response = FileResponse(file, content_type=recording.content_type)
        response["Content-Length"] = size
    elif not part:
        file.close()
        response = HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    else:
        response = _in_part(file, part, size, recording.content_type)
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = f"private, max-age={DAY}"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def asked_part(header: str, size: int) -> range | None:
    """The bytes that a Range header asks for (RFC 9110, 14.2); None: all; empty: what is not there. One part only."""
    asked = re.fullmatch(r"bytes=(\d{0,15})-(\d{0,15})", header.strip())
    if not asked or not any(asked.groups()):
        return None
    first, last = asked.groups()
    if not first:
        return range(max(0, size - int(last)), size)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(int(last or size), size - 1) + 1)


def _in_part(file: BinaryIO, part: range, size: int, content_type: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(_pieces(file, part), status=206, content_type=content_type)
    response["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    response["Content-Length"] = len(part)
    return response


def _pieces(file: BinaryIO, part: range) -> Iterator[bytes]:
    with file:
        file.seek(part.start)
        left = len(part)
        while left and (piece := file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece
