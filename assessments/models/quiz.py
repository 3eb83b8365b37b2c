from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.snippets.blocks import SnippetChooserBlock
from wagtail_localize.fields import SynchronizedField

from curriculum.models import UnitPage
from curriculum.models.pages import LOCKED_SLUG


class FixedSection(blocks.StructBlock):
    """Questions that every paper holds."""

    questions = blocks.ListBlock(SnippetChooserBlock("assessments.Question", label=_("Question")), label=_("Questions"))

    class Meta:
        icon = "list-ul"
        label = _("Fixed questions")


class QuizPage(UnitPage):
    class Purpose(models.TextChoices):
        CERTIFYING = "certifying", _("Certifying")
        PRACTICE = "practice", _("Practice")

    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose, default=Purpose.CERTIFYING)
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark, per cent"), default=80, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    tries = models.PositiveSmallIntegerField(
        _("tries before a conversation with the trainer"), default=2, validators=[MinValueValidator(1)]
    )
    sections = StreamField([("fixed", FixedSection())], verbose_name=_("sections"), blank=True)

    kind = "quiz"
    default_preview_size = "mobile"
    preview_modes = [("", _("As a learner sees it"))]
    opens_after_module = True
    is_creatable = True
    content_panels = Page.content_panels + [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("purpose"), FieldPanel("minutes")]),
                FieldRowPanel([FieldPanel("pass_mark"), FieldPanel("tries")]),
            ],
            heading=_("Rules"),
        ),
        FieldPanel("sections"),
    ]
    parent_page_types = ["curriculum.ModulePage"]
    subpage_types: list = []
    override_translatable_fields = [
        *LOCKED_SLUG,
        *(
            SynchronizedField(name, overridable=False)
            for name in ("purpose", "pass_mark", "tries", "sections", "minutes")
        ),
    ]

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")
        constraints = [
            models.CheckConstraint(condition=models.Q(pass_mark__range=(1, 100)), name="quiz_pass_mark_is_percentage")
        ]

    def questions_for(self, country_code: str) -> list:
        """The live questions a learner of this country may be asked, in order."""
        chosen = [question for section in self.sections for question in section.value["questions"]]
        return [question for question in chosen if question and question.live and question.is_for(country_code)]

    def is_for_country(self, country) -> bool:
        return bool(self.questions_for(country.code))
