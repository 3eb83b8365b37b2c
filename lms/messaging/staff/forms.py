from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Channel, MessageTemplate
from ..words import BraceLeft, UnknownPlaceholder, check_placeholders, revealing_words


class TemplateForm(forms.ModelForm):
    """The words of one kind in one language: only its placeholders, and nothing that tells others what she is."""

    class Meta:
        model = MessageTemplate
        fields = ["subject", "body"]
        widgets = {"body": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args, placeholders: tuple[str, ...], **kwargs):
        super().__init__(*args, **kwargs)
        self.placeholders = placeholders
        if self.instance.channel == Channel.SMS:
            del self.fields["subject"]
        else:
            self.fields["subject"].required = True

    def clean_subject(self):
        subject = " ".join(self.cleaned_data["subject"].split())
        self._check_neutral(subject)
        return self._checked(subject)

    def clean_body(self):
        """An SMS lights up on a locked phone; an e-mail's text has to be opened."""
        body = self.cleaned_data["body"]
        if self.instance.channel == Channel.SMS:
            self._check_neutral(body)
        return self._checked(body)

    def _check_neutral(self, text: str) -> None:
        if found := revealing_words(text):
            raise forms.ValidationError(_("Write it without: %(words)s") % {"words": ", ".join(found)})

    def _checked(self, text: str) -> str:
        try:
            check_placeholders(text, self.placeholders)
        except UnknownPlaceholder as error:
            raise forms.ValidationError(_("There is no placeholder {%(name)s} here.") % {"name": error}) from error
        except BraceLeft as error:
            raise forms.ValidationError(_("Use { and } around a placeholder’s name only.")) from error
        return text
