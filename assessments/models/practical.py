from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, TitleFieldPanel
from wagtail.fields import StreamField
from wagtail_localize.fields import SynchronizedField, TranslatableField

from curriculum.models import UnitPage
from curriculum.models.pages import LOCKED_SLUG, searched
from lms.core.models import Country, Task, country_choices
from lms.core.telling import names_no_illness


class StepBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=250, label=_("What the observer must see"))
    critical = blocks.BooleanBlock(required=False, label=_("★ Must be yes"))
    needs = blocks.ChoiceBlock(
        choices=Task.choices, required=False, label=_("Only where workers may do"), help_text=_("Empty: everywhere")
    )
    countries = blocks.MultipleChoiceBlock(choices=country_choices, required=False, label=_("Only for these countries"))

    class Meta:
        icon = "tick"
        label = _("Step")


KEPT_IN_STEP = ("setting", "modules", "months_valid", "wait_days", "minutes")


class PracticalPage(UnitPage):
    """One observed competency: what an observer watches her do."""

    class Setting(models.TextChoices):
        REAL = "real", _("With a real client")
        ROLE_PLAY = "role_play", _("As a role play")
        EITHER = "either", _("With a real client or as a role play")

    statement = models.CharField(_("as the certificate says it"), max_length=80)
    neutral_statement = models.CharField(
        _("as a neutral certificate says it"), max_length=80, blank=True, validators=[names_no_illness]
    )
    intro = models.CharField(_("what happens"), max_length=250, blank=True)
    setting = models.CharField(_("setting"), max_length=10, choices=Setting, default=Setting.REAL)
    modules = StreamField(
        [("module", blocks.PageChooserBlock(page_type="curriculum.ModulePage"))], verbose_name=_("modules"), blank=True
    )
    steps = StreamField([("step", StepBlock())], verbose_name=_("steps"), blank=True)
    wait_days = models.PositiveSmallIntegerField(
        _("days between coaching and the next observation, after a second «not yet»"), default=7
    )
    months_valid = models.PositiveSmallIntegerField(_("sign-off valid, months"), default=12)

    kind = "practical"
    default_preview_size = "mobile"
    preview_modes = [("", _("As a learner sees it"))]
    is_creatable = True
    search_fields = UnitPage.search_fields + searched("statement", "neutral_statement", "intro", "steps")
    content_panels = [
        TitleFieldPanel("title", help_text=_("What she does, in a few words, such as: Screen for TB")),
        FieldPanel("statement", help_text=_("Such as: Screens for tuberculosis at every contact")),
        FieldPanel(
            "neutral_statement",
            help_text=_(
                "Only if the line above names an illness, such as: Supports a woman after a test result. "
                "If it stays empty, a certificate with the neutral title leaves that line out."
            ),
        ),
        FieldPanel("intro", help_text=_("Such as: You ask a client the four questions, and act on the answers.")),
        FieldPanel("setting", help_text=_("A role play for what is rare or private, such as: first-line support")),
        FieldRowPanel(
            [
                FieldPanel("minutes", help_text=_("How long the observer watches, such as: 15")),
                FieldPanel("months_valid", help_text=_("Then it is watched again, such as: 12")),
                FieldPanel("wait_days", help_text=_("Time to practise with her trainer, such as: 7")),
            ]
        ),
        FieldPanel("modules", help_text=_("Where learners find it too, such as: Tuberculosis. It may stay empty.")),
        FieldPanel(
            "steps",
            help_text=_(
                "What the observer must see, one deed a step, such as: Asks all four questions. "
                "A ★ step must be yes; of the others 80 % must be."
            ),
        ),
    ]
    parent_page_types = ["curriculum.CurriculumPage"]
    subpage_types: list = []
    override_translatable_fields = [
        *LOCKED_SLUG,
        TranslatableField("statement"),
        TranslatableField("neutral_statement"),
        TranslatableField("intro"),
        TranslatableField("steps"),
        *(SynchronizedField(name, overridable=False) for name in KEPT_IN_STEP),
    ]

    class Meta:
        verbose_name = _("practical")
        verbose_name_plural = _("practicals")

    def steps_for(self, country: Country) -> list:
        """The steps that hold in a country, in order: not where its workers may not do what a step needs."""
        return [
            block
            for block in self.steps
            if country.allows(block.value["needs"])
            and (not block.value["countries"] or country.code in block.value["countries"])
        ]

    @property
    def plain_steps(self) -> list:
        """The steps of every country, for the editor's preview."""
        return [block.value for block in self.steps]

    def is_for_country(self, country) -> bool:
        return bool(self.steps_for(country))

    @property
    def module_keys(self) -> list:
        return [block.value.translation_key for block in self.modules if block.value]
