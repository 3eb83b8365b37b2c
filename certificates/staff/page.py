"""The frame of every page about one certificate in the admin."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ..models import Certificate


def address(name: str, certificate: Certificate) -> str:
    return reverse(f"staff_certificates:{name}", args=[certificate.pk])


def page(request: HttpRequest, template: str, certificate: Certificate, title: str = "", **context) -> HttpResponse:
    """`title`: of a page below the certificate's own."""
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("staff_certificates:index"), "label": _("Certificates")},
        {"url": address("show", certificate) if title else "", "label": str(certificate)},
    ]
    crumbs += [{"url": "", "label": title}] if title else []
    heading = title or str(certificate)
    context |= {"certificate": certificate, "header_title": heading, "page_subtitle": heading}
    context |= {"header_icon": "doc-full", "breadcrumbs_items": crumbs, "action_url": request.path}
    return render(request, template, context)
