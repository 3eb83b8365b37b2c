from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import RevisionMixin, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField


class GlossaryTerm(RevisionMixin, TranslatableMixin, index.Indexed, models.Model):
    """A word that lessons keep using, explained where a learner taps it."""

    code = models.SlugField(_("code"), max_length=40, help_text=_("Short and kept for good, such as viral-load"))
    term = models.CharField(_("word"), max_length=60, help_text=_("As lessons write it, such as: viral load"))
    variants = models.CharField(
        _("other forms"), max_length=200, blank=True, help_text=_("With commas between, such as: viral loads, VL")
    )
    explanation = models.CharField(
        _("explanation"), max_length=200, help_text=_("One plain sentence: How much HIV is in the blood.")
    )

    panels = [FieldPanel("code"), FieldPanel("term"), FieldPanel("variants"), FieldPanel("explanation")]
    override_translatable_fields = [
        SynchronizedField("code", overridable=False),
        TranslatableField("term"),
        TranslatableField("variants"),
        TranslatableField("explanation"),
    ]
    search_fields = [
        index.SearchField("term"),
        index.AutocompleteField("term"),
        index.SearchField("explanation"),
        index.FilterField("locale_id"),
    ]

    class Meta(TranslatableMixin.Meta):
        ordering = ["term"]
        verbose_name = _("word of the glossary")
        verbose_name_plural = _("glossary")
        constraints = [models.UniqueConstraint(fields=["code", "locale"], name="glossary_term_one_per_code_and_locale")]

    def __str__(self):
        return self.term

    @property
    def forms(self) -> list[str]:
        """The word as cards may write it."""
        return [self.term, *(form.strip() for form in self.variants.split(",") if form.strip())]
