"""What somebody says when she regrades: first how, then why."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Regrade

LOWER = "yes"


class TermsForm(forms.Form):
    """How: asked before the preview, which follows it."""

    verdict = forms.ChoiceField(
        label=_("Verdict"), choices=Regrade.Verdict.choices, initial=Regrade.Verdict.KEY, widget=forms.RadioSelect
    )
    may_lower = forms.TypedChoiceField(
        label=_("Who would lose a mark"),
        choices=[("", _("Keeps it: nobody loses a mark")), (LOWER, _("Loses it: marks are lowered too"))],
        coerce=bool,
        empty_value=False,
        required=False,
        widget=forms.RadioSelect,
    )

    def terms(self) -> dict:
        """Verdict and may_lower, as the run takes them; the mild ones where nothing sensible was asked."""
        if self.is_bound and self.is_valid():
            return self.cleaned_data
        return {"verdict": Regrade.Verdict.KEY.value, "may_lower": False}


class ConfirmForm(forms.Form):
    """Why. The run's id and the digest were made with the preview: by them a second press is recognised."""

    run_id = forms.UUIDField(widget=forms.HiddenInput)
    expected = forms.CharField(max_length=64, widget=forms.HiddenInput)
    verdict = forms.ChoiceField(choices=Regrade.Verdict.choices, widget=forms.HiddenInput)
    may_lower = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Read by staff and, once she may see the key, by each learner. Name nobody."),
    )
    sure = forms.BooleanField(label=_("Yes, take marks away where the corrected key does not give them"))

    def __init__(self, *args, may_lower: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_lower:
            del self.fields["sure"]
