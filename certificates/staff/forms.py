from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from curriculum.models import ProgrammePage
from lms.core.telling import complaint

from ..models import CertificateDesign, CertificateEvent, CertificatePolicy

SHORTEST_MONTH = 28


class RevokeForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[("", _("Choose one")), *CertificateEvent.Reason.choices],
        help_text=_("Shown to whoever checks the certificate."),
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=250,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For the office only. Nothing about health."),
    )


class NameForm(forms.Form):
    given_names = forms.CharField(label=_("Given names"), max_length=80)
    family_name = forms.CharField(label=_("Family name"), max_length=60)
    note = forms.CharField(label=_("Why"), max_length=250, required=False)


class PolicyForm(forms.ModelForm):
    """Names the programme by its title; the policy keeps its key, which is the same in every language."""

    programme_key = forms.TypedChoiceField(label=_("Programme"))
    refresher_key = forms.TypedChoiceField(
        label=_("Renewed by"),
        coerce=UUID,
        empty_value=None,
        required=False,
        help_text=_("Programmes that renew others. On top come the practicals that she is watched in again."),
    )

    class Meta:
        model = CertificatePolicy
        fields = [
            "programme_key",
            "country",
            "months_valid",
            "renewal_days",
            "grace_days",
            "refresher_key",
            "needs_confirmation",
            "design",
            "issuer",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["programme_key"].choices = programme_choices()
        self.fields["refresher_key"].choices = [("", _("The whole programme again")), *refresher_choices()]
        self.fields["country"].empty_label = _("Everywhere else")
        self.fields["design"].queryset = CertificateDesign.objects.filter(live=True).select_related("country")
        self.fields["design"].empty_label = _("«Hem» as it was shipped")

    def clean_issuer(self):
        issuer = self.cleaned_data["issuer"]
        if words := complaint(issuer):
            raise forms.ValidationError(words)
        return issuer

    def clean(self):
        data = super().clean()
        months, opens = data.get("months_valid"), data.get("renewal_days")
        if months and opens and opens >= months * SHORTEST_MONTH:
            self.add_error("renewal_days", _("It opens before the certificate begins: choose fewer days."))
        design = data.get("design")
        if design and design.country and design.country != data.get("country"):
            words = _("“%(name)s” belongs to %(country)s. Copy it, or choose one for all countries.")
            self.add_error("design", words % {"name": design.name, "country": design.country})
        return data


def refresher_choices() -> list[tuple[str, str]]:
    """Those that are live."""
    pages = ProgrammePage.objects.live().filter(locale=Locale.get_default(), is_refresher=True).order_by("title")
    return [(str(key), title) for key, title in pages.values_list("translation_key", "title")]


def programme_choices() -> list[tuple[str, str]]:
    """Key and title of each programme in the source language."""
    pages = ProgrammePage.objects.filter(locale=Locale.get_default()).order_by("title")
    return [(str(key), title) for key, title in pages.values_list("translation_key", "title")]
