"""The frame of the intake's pages in the admin."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _


def page(request, name: str, title: str, *, status: int = 200, **context):
    trail = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("intake:index"), "label": _("Intake")},
        {"url": "", "label": title},
    ]
    heads = {"breadcrumbs_items": trail, "header_title": title, "page_title": title, "header_icon": "group"}
    return render(request, f"learning/intake/{name}.html", heads | context, status=status)
