"""The words of the lessons from A to Z."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .queries import glossary


@login_required
@require_safe
def words(request: HttpRequest) -> HttpResponse:
    home = {"back_url": reverse("wagtail_serve", args=("",)), "back_text": _("Home")}
    return render(request, "curriculum/words.html", {"words": glossary()} | home)
