from uuid import UUID

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Locale
from wagtail.snippets.blocks import SnippetChooserBlock
from wagtail_localize.fields import SynchronizedField, TranslatableField

from curriculum.models import UnitPage
from curriculum.models.pages import LOCKED_SLUG

from .. import sections
from ..sections import Section
from . import quiz_panels
from .bank import Question, Tag


class Purpose(models.TextChoices):
    CERTIFYING = "certifying", _("Certifying: counts for the certificate")
    PRACTICE = "practice", _("Practice: shows at once what is right, as often as she likes")
    PRE_TEST = "pre_test", _("Pre-test: once, before the lessons, without feedback")
    POST_TEST = "post_test", _("Post-test: once, after the lessons, measures what was learned")


class Layout(models.TextChoices):
    ONE = "one", _("One question a screen")
    ALL = "all", _("All questions on one page")


class Opens(models.TextChoices):
    IN_ORDER = "in_order", _("After the units before it in its module")
    START = "start", _("At once")


def tag_choices() -> list[tuple[str, str]]:
    return list(Tag.objects.values_list("slug", "name"))


class FixedSection(blocks.StructBlock):
    """Questions that every paper holds."""

    questions = blocks.ListBlock(SnippetChooserBlock("assessments.Question", label=_("Question")), label=_("Questions"))

    class Meta:
        icon = "list-ul"
        label = _("Fixed questions")


class TagsBlock(blocks.MultipleChoiceBlock):
    """Slugs as they are kept: Wagtail's own block reads all tags again for every value that it reads."""

    def normalize_choice(self, value):
        return value


class DrawValue(blocks.StructValue):
    @property
    def criteria(self) -> models.Q:
        """What a question must be to be drawn; what is left empty asks for nothing."""
        wanted = models.Q()
        if self["tags"]:
            wanted &= models.Q(tagged_items__tag__slug__in=self["tags"])
        if self["module"]:
            wanted &= models.Q(module__translation_key=self["module"].translation_key)
        if self["difficulty"]:
            wanted &= models.Q(difficulty__in=self["difficulty"])
        return wanted

    def section(self, questions: list[Question]) -> Section:
        """Those of these questions that fit, out of which so many are drawn."""
        return Section(pool=tuple(question for question in questions if self._fits(question)), count=self["count"])

    def _fits(self, question: Question) -> bool:
        tags = {row.tag.slug for row in question.tagged_items.all()}
        module = question.module and question.module.translation_key
        return (
            (not self["tags"] or not tags.isdisjoint(self["tags"]))
            and (not self["module"] or module == self["module"].translation_key)
            and (not self["difficulty"] or question.difficulty in map(int, self["difficulty"]))
        )


class DrawSection(blocks.StructBlock):
    """So many questions by chance out of those of the bank that fit all that is named here."""

    count = blocks.IntegerBlock(min_value=1, max_value=50, label=_("How many"))
    tags = TagsBlock(
        choices=tag_choices, required=False, label=_("With one of these tags"), widget=CheckboxSelectMultiple
    )
    module = blocks.PageChooserBlock(page_type="curriculum.ModulePage", required=False, label=_("Of this module"))
    difficulty = blocks.MultipleChoiceBlock(
        choices=Question.Difficulty.choices,
        required=False,
        label=_("Of this difficulty"),
        widget=CheckboxSelectMultiple,
    )

    class Meta:
        icon = "rotate"
        label = _("Draw from the bank")
        value_class = DrawValue


class BandBlock(blocks.StructBlock):
    """What a result says from so many per cent on."""

    from_percent = blocks.IntegerBlock(min_value=0, max_value=100, label=_("From per cent"))
    message = blocks.CharBlock(max_length=200, label=_("Message"))

    class Meta:
        icon = "comment"
        label = _("Message")


RULES = (
    "purpose",
    "minutes",
    "pass_mark",
    "tries",
    "wait_hours",
    "minutes_allowed",
    "grace_minutes",
    "opens_at",
    "closes_at",
    "opens",
    "layout",
    "shuffle_questions",
    "shuffle_answers",
    "partial_credit",
    "sections",
)


class QuizPage(UnitPage):
    Purpose = Purpose

    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose, default=Purpose.CERTIFYING)
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark, per cent"), default=80, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    tries = models.PositiveSmallIntegerField(
        _("tries before a conversation with the trainer"), default=2, validators=[MinValueValidator(1)]
    )
    wait_hours = models.PositiveSmallIntegerField(
        _("hours to wait before the next try"), default=0, validators=[MaxValueValidator(24 * 30)]
    )
    minutes_allowed = models.PositiveSmallIntegerField(
        _("time limit, minutes"), null=True, blank=True, validators=[MinValueValidator(1)], help_text=_("Empty: none")
    )
    grace_minutes = models.PositiveSmallIntegerField(
        _("grace for a lost signal, minutes"), default=5, help_text=_("Answers still count so long after the limit")
    )
    opens_at = models.DateTimeField(_("open from"), null=True, blank=True)
    closes_at = models.DateTimeField(_("open until"), null=True, blank=True)
    opens = models.CharField(_("opens"), max_length=10, choices=Opens, default=Opens.IN_ORDER)
    layout = models.CharField(_("layout"), max_length=5, choices=Layout, default=Layout.ONE)
    shuffle_questions = models.BooleanField(_("mix the questions"), default=True)
    shuffle_answers = models.BooleanField(_("mix the answers to choose from"), default=True)
    partial_credit = models.BooleanField(
        _("parts of an answer count"),
        default=False,
        help_text=_("Otherwise a question counts only when all of it is right"),
    )
    sections = StreamField([("fixed", FixedSection()), ("draw", DrawSection())], verbose_name=_("sections"), blank=True)
    bands = StreamField([("band", BandBlock())], verbose_name=_("messages by score"), blank=True)

    kind = "quiz"
    default_preview_size = "mobile"
    preview_modes = [("", _("As a learner sees it"))]
    is_creatable = True
    content_panels = quiz_panels.PANELS
    base_form_class = quiz_panels.QuizForm
    parent_page_types = ["curriculum.ModulePage"]
    subpage_types: list = []
    override_translatable_fields = [
        *LOCKED_SLUG,
        TranslatableField("bands"),
        *(SynchronizedField(name, overridable=False) for name in RULES),
    ]

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")
        constraints = [
            models.CheckConstraint(condition=models.Q(pass_mark__range=(1, 100)), name="quiz_pass_mark_is_percentage"),
            models.CheckConstraint(
                condition=models.Q(opens_at=None)
                | models.Q(closes_at=None)
                | models.Q(closes_at__gt=models.F("opens_at")),
                name="quiz_closes_after_it_opens",
            ),
        ]

    @property
    def opens_after_module(self) -> bool:
        return self.opens == Opens.IN_ORDER

    @property
    def holds_back(self) -> bool:
        """A pre-test measures what she knew before: the lessons after it wait for it."""
        return self.purpose == Purpose.PRE_TEST

    @property
    def written_in(self) -> Locale:
        """The language whose questions it draws; a paper then takes each as the learner reads it."""
        source = Locale.objects.get(language_code="en")
        return source if self.locale_id == source.pk or self.has_translation(source) else self.locale

    def sections_for(self, country_code: str, bank: list[Question] | None = None) -> list[Section]:
        """Its sections for a learner of this country, live questions only. Drawn pools hold no fixed question.

        A fixed number of queries, however many sections there are; whoever asks for many countries reads `bank` once.
        """
        fits = [question for question in (self.bank() if bank is None else bank) if question.is_for(country_code)]
        given: set[UUID] = set()
        fixed = {block.id: _fixed(block.value, country_code, given) for block in self.sections if _is_fixed(block)}
        rest = [question for question in fits if question.translation_key not in given]
        return [
            Section(fixed=fixed[block.id]) if _is_fixed(block) else block.value.section(rest) for block in self.sections
        ]

    def questions_for(self, country_code: str) -> list[Question]:
        """The live questions a learner of this country may be asked, in order."""
        return sections.all_of(self.sections_for(country_code))

    def size_for(self, country_code: str) -> int:
        """How many questions a paper of this country holds."""
        return sections.size(self.sections_for(country_code))

    def is_for_country(self, country) -> bool:
        return bool(self.questions_for(country.code))

    def bank(self) -> list[Question]:
        """The live questions of the bank that fit any of the draws, in the order of their codes."""
        draws = [block.value for block in self.sections if not _is_fixed(block)]
        if not draws:
            return []
        return list(Question.objects.live().filter(locale=self.written_in).fitting(draws))


def _is_fixed(block) -> bool:
    return block.block_type == "fixed"


def _fixed(value: blocks.StructValue, country_code: str, given: set[UUID]) -> tuple[Question, ...]:
    """The questions of a fixed section that no section before it holds; notes them in `given`."""
    chosen = []
    for question in value["questions"]:
        if question and question.live and question.is_for(country_code) and question.translation_key not in given:
            given.add(question.translation_key)
            chosen.append(question)
    return tuple(chosen)
