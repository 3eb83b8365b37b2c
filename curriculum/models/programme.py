from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import Locale, Page
from wagtail_localize.fields import SynchronizedField, TranslatableField

from lms.core.telling import names_no_illness

from .. import panels
from ..row_blocks import FirstsBlock, RowsBlock
from .pages import ADDRESS_ONLY, LOCKED_SLUG, PHONE_FIRST, GatedPage


@dataclass(frozen=True)
class Row:
    """One row as learning reads it: a live page of the source locale and what must be done before."""

    target: Page
    required: bool
    after: tuple[str, ...]


@dataclass(frozen=True)
class First:
    """A programme that comes before, and whether its lessons and quizzes are enough."""

    programme: Page
    theory_is_enough: bool


KEPT_IN_STEP = ("code", "version", "failed_steps_only", "is_refresher", "firsts", "rows")


class ProgrammePage(GatedPage, Page):
    """What leads to a certificate. Its rows are read from the source locale's page only."""

    code = models.SlugField(
        _("code"),
        max_length=30,
        validators=[names_no_illness],
        help_text=_("Short and kept for good, such as P-IPHC. Strangers see it on certificates: it names no illness"),
    )
    version = models.PositiveSmallIntegerField(
        _("version"), default=1, help_text=_("Count it up when what is asked for changes: certificates print it")
    )
    neutral_title = models.CharField(
        _("neutral title"),
        max_length=120,
        validators=[names_no_illness],
        help_text=_("What a certificate may print instead. It names no illness: Community health, level 1"),
    )
    level = models.CharField(
        _("level"), max_length=80, default="Community health worker", validators=[names_no_illness]
    )
    summary = models.CharField(
        _("summary"), max_length=250, blank=True, help_text=_("One sentence for learners: what she can do at the end")
    )
    failed_steps_only = models.BooleanField(
        _("watch only missed steps again"),
        default=False,
        help_text=_("After «not yet» the next observation may ask only for the steps that were not yet there"),
    )
    is_refresher = models.BooleanField(
        _("renews other certificates"),
        default=False,
        help_text=_("A yearly refresher: its rows come on top of what each person has to renew"),
    )
    firsts = StreamField(
        FirstsBlock(),
        verbose_name=_("comes after"),
        blank=True,
        help_text=_("Programmes she has done before. Whoever enrols her is told what is missing."),
    )
    rows = StreamField(RowsBlock(), verbose_name=_("rows"), blank=True)

    content_panels = panels.PROGRAMME
    parent_page_types = ["site_pages.HomePage"]
    subpage_types: list = []
    override_translatable_fields = [
        *LOCKED_SLUG,
        TranslatableField("neutral_title"),
        TranslatableField("level"),
        TranslatableField("summary"),
        *(SynchronizedField(name, overridable=False) for name in KEPT_IN_STEP),
    ]

    preview_sizes = PHONE_FIRST
    promote_panels = ADDRESS_ONLY

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")

    @property
    def source(self) -> "ProgrammePage":
        """This programme in the language it is written in."""
        if self.locale.language_code == "en":
            return self
        return self.get_translation_or_none(Locale.objects.get(language_code="en")) or self

    def comes_after(self) -> list[First]:
        """What must be done before somebody is enrolled; a programme that was taken down keeps nobody back."""
        values = [block.value for block in self.source.firsts]
        live = [value for value in values if value["programme"] and value["programme"].live]
        return [First(value["programme"].specific, value["how_far"] == "theory") for value in live]

    def rows_for(self, country) -> list[Row]:
        """The rows that hold for a country, in order. What waits for a row left out waits for what that waited for."""
        values = [block.value for block in self.source.rows if block.value["target"]]
        after = {_key(value["target"]): [_key(page) for page in value["after"] if page] for value in values}
        kept = [value for value in values if value["target"].live and value.is_for(country.code)]
        present = {_key(value["target"]) for value in kept}
        return [
            Row(value["target"].specific, value["required"], tuple(_standing(_key(value["target"]), after, present)))
            for value in kept
        ]


def _key(page: Page) -> str:
    return str(page.translation_key)


def _standing(key: str, after: dict[str, list[str]], present: set[str]) -> list[str]:
    """What a row waits for, with rows that are not present replaced by what they wait for."""
    found: list[str] = []
    waiting, seen = list(after.get(key, [])), {key}
    while waiting:
        other = waiting.pop(0)
        if other in seen:
            continue
        seen.add(other)
        if other in present:
            found.append(other)
        else:
            waiting.extend(after.get(other, []))
    return found
