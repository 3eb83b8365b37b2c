"""Where one question is asked, and how it was answered so far."""

from django.db.models import Max
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.timezone import localtime, now
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.snippets.views.snippets import UsageView

from ..models import Mark
from ..usage import Usage, Use, usage_of


def how(use: Use) -> str:
    """Fixed in section 1; or how likely a draw takes it."""
    if use.is_fixed:
        return gettext("Section %(number)s: every paper asks it") % {"number": use.section}
    words = gettext("Section %(number)s: draws %(count)s of %(pool)s questions, this one among them")
    return words % {"number": use.section, "count": use.count, "pool": use.pool}


def answers_in_words(usage: Usage) -> str:
    """412 answers, 71 % of them right."""
    if not usage.answers:
        return gettext("Nobody has answered it yet.")
    words = ngettext(
        "%(count)s answer so far; %(percent)s %% of them right.",
        "%(count)s answers so far; %(percent)s %% of them right.",
        usage.answers,
    )
    return words % {"count": usage.answers, "percent": round(100 * usage.right / usage.answers)}


class HowColumn(Column):
    def get_value(self, use):
        return how(use)


class QuestionUsage(UsageView):
    """Draws are no references: Wagtail's own index knows only the fixed sections."""

    permission_required = "view"
    results_template_name = "assessments/staff/question_usage_results.html"
    verbose_name_plural = _("uses")

    @cached_property
    def usage(self) -> Usage:
        return usage_of([self.object])[self.object.translation_key]

    def get_queryset(self):
        return self.usage.uses

    def get_table(self, object_list, **kwargs):
        return super(generic.UsageView, self).get_table(object_list, **kwargs)

    @cached_property
    def columns(self):
        return [
            TitleColumn("quiz", label=_("Quiz"), get_url=_edit_url),
            Column("purpose", label=_("What for"), accessor="quiz.get_purpose_display"),
            HowColumn("how", label=_("How")),
            Column("state", label=_("State"), accessor="quiz.status_string"),
        ]

    def get_context_data(self, **kwargs):
        marks = Mark.objects.filter(question=self.object.translation_key, response__isnull=False)
        last = marks.aggregate(last=Max("attempt__handed_in_at"))["last"]
        return super().get_context_data(**kwargs) | {
            "answers": answers_in_words(self.usage),
            "last": last and date_format(localtime(last), "j F Y"),
            "as_of": date_format(localtime(now()), "j F Y, H:i"),
        }


def _edit_url(use: Use) -> str:
    return reverse("wagtailadmin_pages:edit", args=[use.quiz.pk])
