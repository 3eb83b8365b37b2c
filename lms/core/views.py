from django.conf import settings
from django.http import Http404
from django.shortcuts import render

from . import styleguide
from .templatetags.ui import icon_names


def csrf_failure(request, reason=""):
    """A form that was open too long, or without cookies: say what to do, lose nothing that was saved."""
    return render(request, "403_csrf.html", status=403)


def show_styleguide(request, page="parts"):
    """Every component in every state, with invented people. In development, or where STYLEGUIDE is set."""
    if not (settings.DEBUG or getattr(settings, "STYLEGUIDE", False)) or page not in styleguide.PAGES:
        raise Http404
    context = {"pages": styleguide.PAGES, "icon_names": icon_names()} | styleguide.SAMPLES
    return render(request, f"styleguide/{page}.html", context)
