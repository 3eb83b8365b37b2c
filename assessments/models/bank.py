from functools import reduce
from operator import or_

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.models import ItemBase, TagBase
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from curriculum.models import Fact, ModulePage
from curriculum.models.pages import PHONE_FIRST
from lms.core.fields import ChoiceListField
from lms.core.models import country_choices
from lms.core.natural import natural

from .. import preview
from ..question_types import all_types

STORY = 70  # characters of it where a question stands in one line
SEARCHED = ("code", "stem", "case", "answer", "why")
KEPT_IN_STEP = ("code", "module", "difficulty", "tags", "picture", "critical", "countries", "cited_facts")


class AnswerBlock(blocks.StreamBlock):
    """Exactly one block: the question's type and what belongs to it."""

    def __init__(self, local_blocks=None, **kwargs):
        types = local_blocks or [(type_.name, type_.block()) for type_ in all_types().values()]
        super().__init__(types, **({"min_num": 1, "max_num": 1} | kwargs))


class Tag(TagBase):
    """A trainer's own word for questions that belong together; quizzes draw by it."""

    free_tagging = True

    class Meta:
        ordering = ["name"]
        verbose_name = _("question tag")
        verbose_name_plural = _("question tags")


class QuestionQuerySet(models.QuerySet):
    def live(self):
        return self.filter(live=True)

    def in_order(self):
        """By code, as people count."""
        return self.order_by(*natural("code"))

    def fitting(self, draws):
        """Those that at least one of these draws may draw, with what tells which, in order. Two queries."""
        wanted = reduce(or_, (draw.criteria for draw in draws))
        rows = self.filter(pk__in=self.filter(wanted).values("pk"))
        return rows.select_related("module").prefetch_related("tagged_items__tag").in_order()


class Question(
    WorkflowMixin,
    PreviewableMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    TranslatableMixin,
    index.Indexed,
    ClusterableModel,
):
    class Difficulty(models.IntegerChoices):
        EASY = 1, _("Easy")
        MEDIUM = 2, _("Medium")
        HARD = 3, _("Hard")

    code = models.SlugField(_("code"), max_length=40)
    module = models.ForeignKey(
        ModulePage, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("module")
    )
    difficulty = models.PositiveSmallIntegerField(_("difficulty"), choices=Difficulty, default=Difficulty.MEDIUM)
    tags = ClusterTaggableManager(through="assessments.QuestionTag", blank=True, verbose_name=_("tags"))
    picture = models.ForeignKey(
        "wagtailimages.Image", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    picture_alt = models.CharField(
        _("what the picture shows"), max_length=150, blank=True, help_text=_("Read out to who cannot see it")
    )
    case = models.TextField(_("story before it"), blank=True, max_length=400)
    stem = models.CharField(_("question"), max_length=250)
    answer = StreamField(AnswerBlock(), verbose_name=_("answer"))
    why = models.CharField(_("why"), max_length=300, help_text=_("Explains, never scolds. One or two sentences."))
    critical = models.BooleanField(
        _("critical"), default=False, help_text=_("Tests a safety-critical fact: must be right in the end")
    )
    countries = ChoiceListField(_("only for these countries"), options=country_choices)

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="question")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="question",
        for_concrete_model=False,
    )

    objects = QuestionQuerySet.as_manager()

    default_preview_size = "mobile"
    preview_sizes = PHONE_FIRST
    preview_modes = preview.MODES
    override_translatable_fields = [
        TranslatableField("case"),
        TranslatableField("stem"),
        TranslatableField("answer"),
        TranslatableField("why"),
        TranslatableField("picture_alt"),
        *(SynchronizedField(name, overridable=False) for name in KEPT_IN_STEP),
    ]
    search_fields = [
        *(index.SearchField(name) for name in SEARCHED),
        *(index.AutocompleteField(name) for name in SEARCHED),
        index.FilterField("locale_id"),
    ]

    class Meta:
        ordering = ["code"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.UniqueConstraint(fields=["translation_key", "locale"], name="question_one_per_locale"),
            models.UniqueConstraint(fields=["code", "locale"], name="question_code_once_per_locale"),
        ]

    def __str__(self):
        """With the beginning of its story: many questions ask «What do you do?»."""
        story = Truncator(self.case).chars(STORY)
        return f"{self.code}: {story} {self.stem}" if story else f"{self.code}: {self.stem}"

    @property
    def revisions(self):
        return self._revisions

    @property
    def type_name(self) -> str:
        return self.answer.raw_data[0]["type"]

    def get_preview_template(self, request, mode_name):
        return "assessments/question_preview.html"

    def get_preview_context(self, request, mode_name):
        return super().get_preview_context(request, mode_name) | preview.context(self, mode_name)

    def is_for(self, country_code: str) -> bool:
        return not self.countries or country_code in self.countries


class QuestionFact(models.Model):
    """A row of its own, so that Wagtail's reference index sees which facts a question tests."""

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="cited_facts")
    fact = models.ForeignKey(Fact, models.PROTECT, related_name="+", verbose_name=_("fact"))
    sort_order = models.IntegerField(null=True, blank=True, editable=False)

    sort_order_field = "sort_order"
    panels = [FieldPanel("fact")]

    class Meta:
        ordering = ["sort_order", "pk"]
        constraints = [models.UniqueConstraint(fields=["question", "fact"], name="question_cites_a_fact_once")]


class QuestionTag(ItemBase):
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="questions")
    content_object = ParentalKey(Question, on_delete=models.CASCADE, related_name="tagged_items")
