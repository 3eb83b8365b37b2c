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
        return self._checked(" ".join(self.cleaned_data["subject"].split()), is_neutral=True)

    def clean_body(self):
        """An SMS lights up on a locked phone; an e-mail's text has to be opened."""
        return self._checked(self.cleaned_data["body"], is_neutral=self.instance.channel == Channel.SMS)

    def _checked(self, text: str, *, is_neutral: bool) -> str:
        """The text, or everything that is wrong with it at once."""
        errors = []
        try:
            check_placeholders(text, self.placeholders)
        except UnknownPlaceholder as error:
            errors.append(_("There is no placeholder {%(name)s} here.") % {"name": error})
        except BraceLeft:
            errors.append(_("Use { and } around a placeholder’s name only."))
        if is_neutral and (found := revealing_words(text)):
            errors.append(_("Write it without: %(words)s") % {"words": ", ".join(found)})
        if errors:
            raise forms.ValidationError(errors)
        return text
