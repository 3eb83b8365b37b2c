from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField, TranslatableField

from lms.core.fields import ChoiceListField

from ..blocks import CardsBlock


class ClientGroup(models.TextChoices):
    WOMEN = "women", _("Women")
    ADOLESCENTS = "adolescents", _("Adolescents")
    CHILDREN = "children", _("Children")
    SPECIAL = "special_populations", _("Special populations")
    MEN = "men", _("Men")
    ALL = "all", _("Everyone")


class HealthArea(models.TextChoices):
    HIV = "hiv", _("HIV")
    TB = "tb", _("Tuberculosis")
    MALARIA = "malaria", _("Malaria")
    NCD = "ncd", _("Noncommunicable diseases")
    GENERAL = "general", _("For every area")


class Cloth(models.TextChoices):
    """The six cloths of the look; a module keeps its own."""

    INDIGO = "indigo", _("Indigo")
    MADDER = "madder", _("Madder")
    LEAF = "leaf", _("Leaf")
    CLAY = "clay", _("Clay")
    PLUM = "plum", _("Plum")
    LAKE = "lake", _("Lake")


LOCKED_SLUG = [SynchronizedField("slug", overridable=False)]


class CurriculumPage(Page):
    """«Learn»: the shelf that holds all modules and practicals."""

    parent_page_types = ["site_pages.HomePage"]
    subpage_types = ["curriculum.ModulePage", "assessments.PracticalPage"]
    max_count_per_parent = 1
    override_translatable_fields = LOCKED_SLUG

    class Meta:
        verbose_name = _("curriculum")


class ModulePage(Page):
    competency = models.CharField(_("what she learns to do"), max_length=200)
    health_area = models.CharField(_("health area"), max_length=10, choices=HealthArea, default=HealthArea.GENERAL)
    client_groups = ChoiceListField(_("client groups"), options=ClientGroup)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=60)
    cloth = models.CharField(_("cloth"), max_length=10, choices=Cloth, default=Cloth.INDIGO)
    icon = models.SlugField(_("icon"), max_length=20, default="people")

    content_panels = Page.content_panels + [
        FieldPanel("competency"),
        FieldRowPanel([FieldPanel("health_area"), FieldPanel("minutes")]),
        FieldPanel("client_groups"),
        FieldRowPanel([FieldPanel("cloth"), FieldPanel("icon")]),
    ]
    parent_page_types = ["curriculum.CurriculumPage"]
    subpage_types = ["curriculum.LessonPage", "assessments.QuizPage"]
    override_translatable_fields = LOCKED_SLUG

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")


class UnitPage(Page):
    """The only thing that can be completed. Its identity is its translation key; what it is, a subclass says."""

    minutes = models.PositiveSmallIntegerField(_("minutes"), default=15)

    kind = "unit"
    opens_after_module = False  # a quiz waits for the lessons before it in its module
    module_keys: list = []  # a practical may belong to several modules, by translation key

    is_creatable = False
    override_translatable_fields = LOCKED_SLUG

    class Meta:
        verbose_name = _("unit")

    def is_for_country(self, country) -> bool:
        """Whether a learner of this country can be asked to complete it."""
        return True

    @cached_property
    def module(self) -> ModulePage | None:
        parent = self.get_parent()
        return parent.specific if parent and parent.specific_class is ModulePage else None


class LessonPage(UnitPage):
    objective = models.CharField(_("objective"), max_length=200, help_text=_("After this lesson you can …"))
    cards = StreamField(CardsBlock(), verbose_name=_("cards"), blank=True)
    facts_checked_on = models.DateField(_("facts checked on"), null=True, blank=True)

    kind = "lesson"
    is_creatable = True
    content_panels = Page.content_panels + [
        MultiFieldPanel([FieldPanel("objective"), FieldPanel("minutes")], heading=_("About")),
        FieldPanel("cards"),
        FieldPanel("facts_checked_on"),
    ]
    parent_page_types = ["curriculum.ModulePage"]
    subpage_types: list = []
    override_translatable_fields = [
        *LOCKED_SLUG,
        TranslatableField("objective"),
        TranslatableField("cards"),
        SynchronizedField("minutes"),
        SynchronizedField("facts_checked_on"),
    ]
    preview_modes = [("", _("As a learner sees it"))]

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    def clean(self):
        super().clean()
        if not 1 <= self.minutes <= 90:
            raise ValidationError({"minutes": _("A lesson takes between 1 and 90 minutes.")})

    def cards_for(self, country_code: str) -> list:
        """The cards a learner of this country sees, in order."""
        return [block for block in self.cards if block.value.is_for(country_code)]

    def cited_facts(self, country_code: str) -> list:
        """The facts these cards state, each once, in the order of first citation."""
        facts = {fact.pk: fact for block in self.cards_for(country_code) for fact in block.value["facts"] if fact}
        return list(facts.values())
