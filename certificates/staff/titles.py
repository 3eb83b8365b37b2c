"""HR prints the other title for her: a new certificate that replaces this one."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from .. import services
from ..models import Certificate
from ..permissions import certificate_changed_by
from .page import page


class TitleForm(forms.Form):
    own_title = forms.TypedChoiceField(
        label=gettext_lazy("Title"),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        help_text=gettext_lazy("As she asked you. The new one has a code of its own; this one is then «Replaced»."),
    )

    def __init__(self, *args, certificate: Certificate, **kwargs):
        super().__init__(*args, **kwargs)
        programme = certificate.payload.snapshot["programme"]
        self.fields["own_title"].choices = [("no", programme["neutral_title"]), ("yes", programme["title"])]
        self.initial["own_title"] = "yes" if programme["printed_title"] == programme["title"] else "no"


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    certificate = certificate_changed_by(request.user, pk)
    if certificate.is_erased:
        return redirect("staff_certificates:show", pk)
    form = TitleForm(request.POST or None, certificate=certificate)
    if form.is_valid():
        try:
            newer = services.change_title(certificate, form.cleaned_data["own_title"], by=request.user)
            messages.success(request, _("Certificate %(code)s replaces the old one.") % {"code": newer})
            return redirect("staff_certificates:show", newer.pk)
        except services.NothingToChange:
            form.add_error("own_title", _("The certificate prints this title already."))
        except services.NotStanding:
            form.add_error("own_title", _("This certificate was withdrawn or replaced before."))
        except services.CannotReplace as error:
            form.add_error("own_title", str(error))
    labels = {"submit_button_label": _("Replace it"), "submit_button_active_label": _("Saving…")}
    title = _("Print another title")
    about = {"page_title": title, "person": certificate.holder, "lead": certificate}
    return page(request, "people/staff/form.html", certificate, title, form=form, **about, **labels)
