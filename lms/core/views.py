from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.static import serve

from . import styleguide
from .templatetags.ui import icon_names


def picture(request, path):
    """Drawn sizes of editors' pictures, each under a name of its own. Documents go through Wagtail's own door."""
    response = serve(request, path, document_root=settings.MEDIA_ROOT / "images")
    patch_cache_control(response, public=True, max_age=60 * 60 * 24 * 7)
    return response


def csrf_failure(request, reason=""):
    """A form that was open too long, or without cookies: say what to do, lose nothing that was saved."""
    return render(request, "403_csrf.html", status=403)


def show_styleguide(request, page="parts"):
    """Every component in every state, with invented people. In development, or where STYLEGUIDE is set."""
    if not (settings.DEBUG or getattr(settings, "STYLEGUIDE", False)) or page not in styleguide.PAGES:
        raise Http404
    context = {"pages": styleguide.PAGES, "icon_names": icon_names()} | styleguide.SAMPLES
    return render(request, f"styleguide/{page}.html", context)
