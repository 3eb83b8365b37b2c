from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.views.decorators.http import require_safe

from .. import pictures
from ..models import PaperPicture

A_YEAR = 60 * 60 * 24 * 365


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """A paper's picture, for ever the same. For the editor's preview also one that no paper shows yet."""
    kept = PaperPicture.objects.filter(pk=name).first()
    data = kept.data if kept else pictures.drawn(name)
    if not data:
        raise Http404
    response = HttpResponse(bytes(data), content_type="image/webp")
    if kept:
        patch_cache_control(response, public=True, max_age=A_YEAR, immutable=True)
    else:
        add_never_cache_headers(response)
    return response
