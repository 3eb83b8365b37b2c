"""The head of a report's page in the admin."""

from django.urls import reverse
from django.utils.translation import gettext as _


def heads(title: str, *, icon: str) -> dict:
    trail = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("reports:index"), "label": _("Reports")},
        {"url": "", "label": title},
    ]
    return {"breadcrumbs_items": trail, "header_title": title, "page_title": title, "header_icon": icon}
