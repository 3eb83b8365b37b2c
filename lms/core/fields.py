from django import forms
from django.db import models


class ChoiceListField(models.JSONField):
    """A list of choices in one column, edited as tick boxes. `choices` may be a callable."""

    def __init__(self, *args, options=(), **kwargs):
        self.options = options
        super().__init__(*args, **({"default": list, "blank": True} | kwargs))

    def deconstruct(self):
        # The options are the form's business: a new one is no migration.
        return super().deconstruct()

    def formfield(self, **kwargs):
        options = self.options.choices if hasattr(self.options, "choices") else self.options
        field = forms.MultipleChoiceField(
            choices=options,
            required=not self.blank,
            label=self.verbose_name,
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )
        field.initial = []
        return field
