from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from lms.core.fields import ChoiceListField

from .. import panels, previews
from ..blocks import CardsBlock, JobAidBlock
from ..page_forms import LessonForm, ModuleForm


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
ADDRESS_ONLY = [FieldPanel("slug")]
PHONE_FIRST = [
    {"name": "mobile", "icon": "mobile-alt", "device_width": 360, "label": _("As a phone shows it")},
    {"name": "tablet", "icon": "tablet-alt", "device_width": 768, "label": _("As a tablet shows it")},
    {"name": "desktop", "icon": "desktop", "device_width": 1280, "label": _("As a computer shows it")},
]


def searched(*names: str) -> list:
    """By these fields staff find a page too, by whole words and by their beginnings."""
    return [kind(name) for name in names for kind in (index.SearchField, index.AutocompleteField)]


class GatedPage:
    """Learning's gate says who reads it: Wagtail's page privacy is not offered, and not asked for at every visit."""

    private_page_options: list = []

    def get_view_restrictions(self):
        return PageViewRestriction.objects.none()


class CurriculumPage(GatedPage, Page):
    """«Learn»: the shelf that holds all modules and practicals."""

    parent_page_types = ["site_pages.HomePage"]
    subpage_types = ["curriculum.ModulePage", "assessments.PracticalPage"]
    max_count_per_parent = 1
    override_translatable_fields = LOCKED_SLUG
    preview_sizes = PHONE_FIRST
    promote_panels = ADDRESS_ONLY
    admin_default_ordering = "ord"

    class Meta:
        verbose_name = _("curriculum")


class ModulePage(RoutablePageMixin, GatedPage, Page):
    competency = models.CharField(
        _("what she learns to do"), max_length=200, help_text=_("Such as: Ask about TB at every contact, and act.")
    )
    health_area = models.CharField(_("health area"), max_length=10, choices=HealthArea, default=HealthArea.GENERAL)
    client_groups = ChoiceListField(_("client groups"), options=ClientGroup)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=60, help_text=_("For all its lessons and the quiz together")
    )
    cloth = models.CharField(
        _("cloth"),
        max_length=10,
        choices=Cloth,
        default=Cloth.INDIGO,
        help_text=_("The colour learners know the module by; it keeps it"),
    )
    icon = models.SlugField(
        _("icon"), max_length=20, default="people", help_text=_("One of the pictograms, such as lungs, heart or drop")
    )
    job_aid_title = models.CharField(
        _("title of the job aid"), max_length=80, blank=True, help_text=_("Such as: TB: ask, refer, follow up")
    )
    job_aid = StreamField(
        JobAidBlock(),
        verbose_name=_("job aid"),
        blank=True,
        help_text=_("What she takes along on one printed page: deeds, not theory. At most 260 words."),
    )

    content_panels = panels.MODULE
    base_form_class = ModuleForm
    search_fields = Page.search_fields + searched("competency", "job_aid_title", "job_aid")
    parent_page_types = ["curriculum.CurriculumPage"]
    subpage_types = ["curriculum.LessonPage", "assessments.QuizPage"]
    override_translatable_fields = [
        *LOCKED_SLUG,
        *(SynchronizedField(name, overridable=False) for name in ("health_area", "cloth", "icon")),
    ]
    preview_sizes = PHONE_FIRST
    promote_panels = ADDRESS_ONLY
    admin_default_ordering = "ord"

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")

    @path("job-aid/", name="job-aid")
    def serve_job_aid(self, request):
        """Behind the same gate as the module itself. The view reads these models: it is named here, not imported."""
        return import_string("curriculum.paper.views.job_aid")(request, self)

    @path("job-aid-pdf/", name="job-aid-pdf")
    def serve_job_aid_as_pdf(self, request):
        return import_string("curriculum.paper.views.job_aid_as_pdf")(request, self)


class UnitPage(GatedPage, Page):
    """The only thing that can be completed. Its identity is its translation key; what it is, a subclass says."""

    minutes = models.PositiveSmallIntegerField(_("minutes"), default=15)

    kind = "unit"
    opens_after_module = False  # a quiz waits for the lessons before it in its module
    holds_back = False  # a pre-test: the units after it in its module wait for it
    module_keys: list = []  # a practical may belong to several modules, by translation key

    is_creatable = False
    override_translatable_fields = LOCKED_SLUG
    preview_sizes = PHONE_FIRST
    promote_panels = ADDRESS_ONLY

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
    objective = models.CharField(
        _("objective"),
        max_length=200,
        help_text=_("Such as: You can ask the four TB questions and act on the answers."),
    )
    cards = StreamField(
        CardsBlock(),
        verbose_name=_("cards"),
        blank=True,
        help_text=_("One thought a card, at most 60 words. Begin with a question, end with a summary."),
    )
    facts_checked_on = models.DateField(
        _("facts checked on"),
        null=True,
        blank=True,
        help_text=_("The day somebody last held the cards against their sources"),
    )

    kind = "lesson"
    is_creatable = True
    content_panels = panels.LESSON
    base_form_class = LessonForm
    search_fields = Page.search_fields + searched("objective", "cards")
    parent_page_types = ["curriculum.ModulePage"]
    subpage_types: list = []
    override_translatable_fields = [
        *LOCKED_SLUG,
        TranslatableField("objective"),
        TranslatableField("cards"),
        SynchronizedField("minutes"),
        SynchronizedField("facts_checked_on"),
    ]

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    def clean(self):
        super().clean()
        if not 1 <= self.minutes <= 90:
            raise ValidationError({"minutes": _("A lesson takes between 1 and 90 minutes.")})

    @cached_property
    def preview_modes(self):
        return previews.modes(self)

    def is_previewable(self) -> bool:
        return True

    def make_preview_request(self, original_request=None, preview_mode=None, extra_request_attrs=None):
        """In another language: the newest version of that translation, as its own address shows it."""
        mode = previews.Mode.read(preview_mode or "")
        translation = self._written_in(mode.language)
        if translation is None:
            return super().make_preview_request(original_request, preview_mode, extra_request_attrs)
        name = replace(mode, language="").name
        return translation.make_preview_request(original_request, name, extra_request_attrs)

    def _written_in(self, language: str) -> "LessonPage | None":
        pages = LessonPage.objects.filter(translation_key=self.translation_key, locale__language_code=language)
        page = pages.filter(alias_of=None).first() if language else None
        return page and page.get_latest_revision_as_object()

    def cards_for(self, country_code: str) -> list:
        """The cards a learner of this country sees, in order."""
        return [block for block in self.cards if block.value.is_for(country_code)]

    def cited_facts(self, country_code: str) -> list:
        """The facts these cards state, each once, in the order of first citation."""
        facts = {fact.pk: fact for block in self.cards_for(country_code) for fact in block.value["facts"] if fact}
        return list(facts.values())
