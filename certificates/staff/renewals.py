"""Renewing one person's certificate: opened by who teaches her or keeps her record, who may choose the practicals."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from lms.learning.renewing import practicals_of
from lms.learning.staff.permissions import may_enrol
from lms.people.bulk.actions import Refused
from lms.people.models import User
from lms.people.staff.pages import person_page

from ..models import Certificate
from ..renewal.opening import certificates_taught_by, reason, refuse_in_words
from ..renewal.policies import Policies
from ..renewal.queries import renewable, to_renew, with_renewal
from ..renewal.services import pages_of


class RenewForm(forms.Form):
    practicals = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Watched again"), coerce=UUID, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, certificate: Certificate, **kwargs):
        super().__init__(*args, **kwargs)
        programme, refresher = pages_of(certificate)
        watched = practicals_of(programme, certificate.holder.country) if programme and refresher else []
        self.fields["practicals"].choices = [(str(one.unit.translation_key), one.unit.title) for one in watched]
        self.initial["practicals"] = [str(one.unit.translation_key) for one in watched]
        if not watched:
            del self.fields["practicals"]


@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: HttpRequest, pk: UUID) -> HttpResponse:
    certificate = _taught_by(request.user, pk)
    person, form = certificate.holder, RenewForm(request.POST or None, certificate=certificate)
    if request.method == "POST" and form.is_valid():
        try:
            refuse_in_words(certificate, by=request.user, practicals=form.cleaned_data.get("practicals"))
            messages.success(request, _("The renewal is open."))
            return redirect("staff_enrolments:of", person.pk)
        except Refused as error:
            messages.error(request, str(error))
    context = {"form": form, "lead": _lead(certificate), "stands": _stands_in_the_way(certificate)}
    labels = {"submit_button_label": _("Open renewal"), "submit_button_active_label": _("Saving…")}
    title = _("Renew a certificate")
    return person_page(request, "certificates/staff/renew.html", person, title, **context, **labels)


def buttons(user: User, person: User) -> list[HeaderButton]:
    """One for each certificate of hers that may be renewed today."""
    if not may_enrol(user, person):
        return []
    return [
        HeaderButton(
            _("Renew %(programme)s") % {"programme": certificate.programme_code},
            url=reverse("staff_certificates:renew", args=[certificate.pk]),
            icon_name="redo",
            priority=260,
        )
        for certificate, _window in to_renew(person, timezone.localdate())
    ]


def _taught_by(user: User, pk: UUID) -> Certificate:
    certificate = certificates_taught_by(user).filter(pk=pk).first()
    if certificate is None:
        raise Http404
    return certificate


def _lead(certificate: Certificate) -> str:
    """By its code: a title of its own may stand on somebody's screen."""
    day = date_format(certificate.valid_until, "j M Y")
    return _("%(programme)s, ends on %(day)s") % {"programme": certificate.programme_code, "day": day}


def _stands_in_the_way(certificate: Certificate) -> str:
    found = with_renewal(renewable(Certificate.objects.filter(pk=certificate.pk))).select_related("holder").first()
    return reason(found, Policies(), timezone.localdate())
