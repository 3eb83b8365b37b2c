"""One certificate in the admin: what it says, what happened to it, and what HR may do with it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log

from .. import services
from ..models import Certificate
from ..permissions import certificate_changed_by, certificate_kept_by, certificates_changed_by
from ..standings import Standing, in_words, standing
from .forms import NameForm, RevokeForm


@require_safe
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    certificate = certificate_kept_by(request.user, pk)
    log(certificate, "certificates.view", user=request.user)
    changes = certificates_changed_by(request.user).filter(pk=pk).exists()
    context = {
        "standing": standing(certificate, timezone.localdate()),
        "state": in_words(certificate),
        "events": certificate.events.select_related("by"),
        "newer": Certificate.objects.filter(supersedes=certificate).first(),
        "changes": changes,
        "header_buttons": _buttons(certificate) if changes else [],
    }
    return _render(request, "certificates/staff/show.html", certificate, "", **context)


@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    certificate = certificate_changed_by(request.user, pk)
    form = RevokeForm(request.POST or None)
    if form.is_valid():
        services.revoke_certificate(certificate, by=request.user, **form.cleaned_data)
        messages.success(request, _("Certificate %(code)s is withdrawn.") % {"code": certificate})
        return redirect(_url("show", certificate))
    return _render(request, "certificates/staff/revoke.html", certificate, _("Withdraw"), form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def correct_name(request: HttpRequest, pk: UUID) -> HttpResponse:
    certificate = certificate_changed_by(request.user, pk)
    holder = certificate.holder
    form = NameForm(
        request.POST or None, initial={"given_names": holder.given_names, "family_name": holder.family_name}
    )
    if form.is_valid():
        try:
            newer = services.correct_name(certificate, by=request.user, **form.cleaned_data)
            messages.success(request, _("Certificate %(code)s replaces the old one.") % {"code": newer})
            return redirect(_url("show", newer))
        except services.NothingToChange:
            form.add_error(None, _("The certificate is spelt like this already."))
        except services.NotStanding:
            form.add_error(None, _("This certificate was withdrawn or replaced before."))
    return _render(request, "certificates/staff/correct_name.html", certificate, _("Correct the name"), form=form)


@require_POST
def issue_anew(request: HttpRequest, pk: UUID) -> HttpResponse:
    certificate = certificate_changed_by(request.user, pk)
    try:
        newer = services.issue_anew(certificate, by=request.user)
    except services.StillSpecimen:
        messages.error(request, _("Something behind it, as she completed it, is still not clinically reviewed."))
        return redirect(_url("show", certificate))
    except (services.NotStanding, services.NothingToChange):
        messages.error(request, _("There is nothing to issue anew."))
        return redirect(_url("show", certificate))
    messages.success(request, _("Certificate %(code)s replaces the specimen.") % {"code": newer})
    return redirect(_url("show", newer))


def _buttons(certificate: Certificate) -> list[HeaderButton]:
    stands = standing(certificate, timezone.localdate())
    buttons = []
    if certificate.drawn_at and not certificate.is_erased:
        buttons.append(HeaderButton(_("Download"), url=_url("download", certificate), icon_name="download"))
    if stands not in (Standing.REVOKED, Standing.SUPERSEDED) and not certificate.is_erased:
        buttons.append(HeaderButton(_("Correct the name"), url=_url("correct-name", certificate), icon_name="edit"))
        buttons.append(HeaderButton(_("Print another title"), url=_url("title", certificate), icon_name="title"))
    if stands != Standing.REVOKED:
        buttons.append(HeaderButton(_("Withdraw"), url=_url("revoke", certificate), icon_name="cross"))
    return buttons


def _url(name: str, certificate: Certificate) -> str:
    return reverse(f"staff_certificates:{name}", args=[certificate.pk])


def _render(request: HttpRequest, template: str, certificate: Certificate, title: str, **context) -> HttpResponse:
    crumbs = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}]
    crumbs += [{"url": reverse("staff_certificates:index"), "label": _("Certificates")}]
    crumbs += [{"url": _url("show", certificate) if title else "", "label": str(certificate)}]
    crumbs += [{"url": "", "label": title}] if title else []
    context |= {"certificate": certificate, "header_title": title or str(certificate), "header_icon": "doc-full"}
    context |= {"page_subtitle": title or str(certificate), "breadcrumbs_items": crumbs, "action_url": request.path}
    return render(request, template, context)
