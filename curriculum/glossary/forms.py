"""What a trainer fills in for one word."""

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from ..models import GlossaryTerm


class GlossaryTermForm(WagtailAdminModelForm):
    """Left empty, the code follows from the word. The page of the form knows the language, so it is checked here."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].required = False

    def clean(self):
        data = super().clean()
        code = data["code"] = data.get("code") or slugify(data.get("term", ""))[:40]
        others = GlossaryTerm.objects.filter(code=code, locale=self.instance.locale_id).exclude(pk=self.instance.pk)
        if not code:
            self.add_error("code", ValidationError(_("Give the word a code, such as: viral-load.")))
        elif others.exists():
            self.add_error("code", ValidationError(_("Another word has this code already.")))
        return data
