"""The form of what is posted here."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Coaching, ExtraTry, Observation
from .signoff import MARKS


class AnswerForm(forms.Form):
    """The id is made with the page, so that a second press is recognised as the first."""

    answer_id = forms.UUIDField(required=False)


ABOUT_HER_WORK = _("Write about her work, never about the client.")


class ObservationForm(forms.ModelForm):
    """What an observer writes. Everything may still be missing while it is kept for later.

    Each step adds «step-<id>», its mark, and «note-<id>». `seen`: the fingerprint of what the page shows.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

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
        self.initial["seen"] = self.instance.fingerprint
        for number, step in enumerate(self.asked, 1):
            self.fields[f"step-{step['id']}"] = forms.ChoiceField(
                required=False, choices=[(mark, mark) for mark in ("", *MARKS)], initial=step["mark"]
            )
            self.fields[f"note-{step['id']}"] = _note(number, step.get("note", ""))

    @property
    def asked(self) -> list[dict]:
        return [step for step in self.instance.steps if not step.get("carried")]

    def marks(self) -> dict[str, str]:
        """The marks by step id, as far as they are possible ones."""
        given = {step["id"]: self.data.get(f"step-{step['id']}", "") for step in self.asked}
        return {id_: mark for id_, mark in given.items() if mark in MARKS}

    def remarks(self) -> dict[str, str]:
        """The notes by step id, of a valid form; a step whose note was not sent keeps its own."""
        names = {step["id"]: f"note-{step['id']}" for step in self.asked}
        return {id_: self.cleaned_data[name] for id_, name in names.items() if name in self.data}

    def words(self) -> dict[str, str]:
        """Setting, strengths and next step, and what the page showed."""
        return {name: self.cleaned_data[name] for name in (*self.Meta.fields, "seen") if name in self.cleaned_data}


def _note(number: int, text: str) -> forms.CharField:
    label = _("Note on step %(number)s") % {"number": number}
    return forms.CharField(
        required=False, max_length=200, label=label, initial=text, widget=forms.Textarea({"rows": 2})
    )


class FieldForm(forms.Form):
    """One thing that an observer wrote, and what the sender knows to stand there (several where it is not sure)."""

    name = forms.CharField(max_length=80)
    value = forms.CharField(required=False, strip=False)

    def known(self) -> list[str]:
        return self.data.getlist("was")


class CoachingForm(forms.ModelForm):
    class Meta:
        model = Coaching
        fields = ["coached_on", "note"]
        widgets = {
            "coached_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "note": forms.Textarea({"rows": 4}),
        }
        help_texts = {"note": ABOUT_HER_WORK}


class VoidForm(forms.Form):
    reason = forms.CharField(
        max_length=250,
        label=_("Reason"),
        help_text=ABOUT_HER_WORK,
        widget=forms.Textarea({"rows": 2}),
    )


class ExtraTryForm(forms.ModelForm):
    class Meta:
        model = ExtraTry
        fields = ["conversation"]
        widgets = {"conversation": forms.Textarea({"rows": 4})}
