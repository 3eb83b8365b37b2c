from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import Page

from lms.core.models import Country

from .models import Withdrawal
from .permissions import may_confirm_value, withdrawable

WHAT_IS_CONFIRMED = {"country", "key", "language", "value"}


class CountryValueForm(WagtailAdminModelForm):
    """Whoever may not confirm sees no date; what she changes has to be confirmed anew."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.for_user.is_superuser and "country" in self.fields:
            self.fields["country"].queryset = Country.objects.filter(pk=self.for_user.country_id)
            self.fields["country"].initial = self.for_user.country_id
        self.confirms = may_confirm_value(self.for_user, self.instance.country_id or self.for_user.country_id)
        if not self.confirms:
            self.fields.pop("confirmed_on", None)

    def save(self, commit=True):
        if not self.confirms and WHAT_IS_CONFIRMED & set(self.changed_data):
            self.instance.confirmed_on = None
        return super().save(commit)


class PageChoice(forms.ModelChoiceField):
    def label_from_instance(self, page: Page) -> str:
        return f"{capfirst(page.specific_class._meta.verbose_name)}: {page.title}"


class WithdrawForm(forms.ModelForm):
    page = PageChoice(Page.objects.none(), label=_("What to withdraw"))
    reason = forms.CharField(
        label=_("Reason, as learners read it"),
        help_text=_(
            "Say it kindly and say what to do meanwhile, such as: "
            "The dose on card 3 was wrong. Ask the nurse at your site until we have put it right."
        ),
        max_length=250,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = Withdrawal
        fields = ["reason"]

    field_order = ["page", "reason"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["page"].queryset = withdrawable()
