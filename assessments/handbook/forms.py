from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from curriculum.models import ProgrammePage
from lms.core.models import Country
from lms.people.models import User

from ..models import Edition
from . import permissions


class HandbookForm(forms.Form):
    """Four choices; the person's own country and language stand first."""

    subject = forms.ChoiceField(label=_("Programme or module"))
    country = forms.ModelChoiceField(
        Country.objects.all(), label=_("Country"), empty_label=None, help_text=_("Its notes and values are printed")
    )
    language = forms.ChoiceField(label=_("Language"), choices=permissions.languages)
    edition = forms.ChoiceField(label=_("Edition"), choices=Edition.choices, widget=forms.RadioSelect)

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.pages = {str(page.translation_key): page for page in permissions.subjects(get_language())}
        self.fields["subject"].choices = _grouped(self.pages)
        self.fields["edition"].choices = [(edition.value, edition.label) for edition in permissions.editions_for(user)]
        self.initial = {"country": user.country_id, "language": get_language(), "edition": Edition.LEARNER}

    def clean(self):
        cleaned = super().clean()
        language, key = cleaned.get("language"), cleaned.get("subject")
        if language and key:
            found = {str(page.translation_key): page for page in permissions.subjects(language)}
            cleaned["page"] = found.get(key) or self.pages[key]
        return cleaned


def _grouped(pages: dict) -> list:
    groups: dict[str, list] = {}
    for key, page in pages.items():
        name = _("Programmes") if isinstance(page, ProgrammePage) else _("Modules")
        groups.setdefault(name, []).append((key, page.title))
    return list(groups.items())
