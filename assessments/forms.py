"""The form of what is posted here."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import ExtraTry, Observation
from .signoff import MARKS


class AnswerForm(forms.Form):
    """The id is made with the page, so that a second press is recognised as the first."""

    answer_id = forms.UUIDField(required=False)


class ObservationForm(forms.ModelForm):
    """What an observer writes. Everything may still be missing while it is kept for later."""

    class Meta:
        model = Observation
        fields = ["setting", "strength_1", "strength_2", "next_step"]
        widgets = {
            name: forms.Textarea({"rows": 2, "required": True}) for name in ("strength_1", "strength_2", "next_step")
        }

    def __init__(self, *args, choose_setting: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not choose_setting:
            del self.fields["setting"]

    def marks(self) -> dict[str, str]:
        """The marks by step id, as far as they are possible ones."""
        given = {step["id"]: self.data.get(f"step-{step['id']}", "") for step in self.instance.steps}
        return {id_: mark for id_, mark in given.items() if mark in MARKS}


class VoidForm(forms.Form):
    reason = forms.CharField(
        max_length=250,
        label=_("Reason"),
        help_text=_("Write about her work, never about the client."),
        widget=forms.Textarea({"rows": 2}),
    )


class ExtraTryForm(forms.ModelForm):
    class Meta:
        model = ExtraTry
        fields = ["conversation"]
        widgets = {"conversation": forms.Textarea({"rows": 4})}
