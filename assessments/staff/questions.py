"""The question bank in the admin's menu: drafts, review, preview and history are Wagtail's own."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, LocaleColumn
from wagtail.search.backends import get_search_backend
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from lms.core.natural import natural

from ..models import Question
from ..question_types import get
from ..usage import Usage, fixed_in, usage_of
from .question_buttons import exchange_buttons
from .question_editor import EDITOR
from .question_filters import QuestionFilters, in_review
from .question_pages import QuestionEdit, QuestionInspect
from .question_usage import QuestionUsage
from .regrading import regrade_buttons


class TypeColumn(Column):
    def get_value(self, question):
        return get(question.type_name).block().label if question.answer.raw_data else ""


class StemColumn(Column):
    """With the story before it: many questions ask «What do you do?»."""

    def get_value(self, question):
        return format_html("<small>{}</small><div>{}</div>", question.case, question.stem)


class CriticalColumn(Column):
    def get_value(self, question):
        return _("★ critical") if question.critical else ""


class CountriesColumn(Column):
    def get_value(self, question):
        return ", ".join(question.countries) or _("All")


class UsageColumn(Column):
    cell_template_name = "assessments/staff/usage_cell.html"

    def get_value(self, question):
        return usage_words(question.usage)

    def get_cell_context_data(self, question, parent_context):
        url = reverse(Question.snippet_viewset.get_url_name("usage"), args=[question.pk])
        return super().get_cell_context_data(question, parent_context) | {"url": url}


class StateColumn(LiveStatusTagColumn):
    """Wagtail's own words for a state ask for each row's workflow and schedule; all rows are asked at once here."""

    def get_value(self, question):
        if question.is_in_review:
            return gettext("in review")
        if question.live:
            return gettext("live + draft") if question.has_unpublished_changes else gettext("live")
        return gettext("draft")


def usage_words(usage: Usage) -> str:
    """In 3 quizzes, 412 answers."""
    if not usage.uses and not usage.answers:
        return gettext("In no quiz")
    quizzes = ngettext("In %(count)s quiz", "In %(count)s quizzes", usage.quizzes) % {"count": usage.quizzes}
    answers = ngettext("%(count)s answer", "%(count)s answers", usage.answers) % {"count": usage.answers}
    return f"{quizzes}, {answers}"


def search(queryset, words: str):
    """By the index, which reads answers too; the list keeps its own filters and order."""
    found = get_search_backend().autocomplete(words, Question.objects.all(), order_by_relevance=False)
    return queryset.filter(pk__in=[question.pk for question in found])


class QuestionList(IndexView):
    """A fixed number of queries, however many questions a page holds."""

    def search_queryset(self, queryset):
        return search(queryset, self.search_query) if self.is_searching else queryset

    def order_queryset(self, queryset):
        if self.ordering in ("code", "-code"):
            ordered = queryset.order_by(*natural("code"), "locale_id")
            return ordered.reverse() if self.ordering == "-code" else ordered
        return super().order_queryset(queryset)

    @cached_property
    def header_more_buttons(self):
        return [*super().header_more_buttons, *exchange_buttons(self.request)]

    def get_list_more_buttons(self, question):
        return [*super().get_list_more_buttons(question), *regrade_buttons(question, self.request.user)]

    def get_list_buttons(self, question):
        """Without those that other packages hang in: two queries a row. Translating is in the editor's menu."""
        return super(IndexView, self).get_list_buttons(question)

    def get_table(self, object_list, **kwargs):
        questions = list(object_list)
        usage, waiting = usage_of(questions), in_review()
        for question in questions:
            question.usage, question.is_in_review = usage[question.translation_key], question.pk in waiting
        return super().get_table(questions, **kwargs)


class ChooseByCode:
    ordering = natural("code")

    @property
    def columns(self):
        return [*super().columns, TypeColumn("type", label=_("Type"))]


class ChooseQuestion(ChooseByCode, ChooseView):
    pass


class ChooseQuestionResults(ChooseByCode, ChooseResultsView):
    pass


class QuestionChooser(SnippetChooserViewSet):
    choose_view_class = ChooseQuestion
    choose_results_view_class = ChooseQuestionResults


def refuse_to_delete(request: HttpRequest, questions: Iterable) -> HttpResponse | None:
    """A quiz would ask one question fewer than its author thinks. Papers that were served keep theirs."""
    chosen = [question for question in questions if isinstance(question, Question)]
    held = fixed_in(chosen) if chosen else []
    if not held:
        return None
    question, quiz = held[0]
    words = gettext("“%(code)s” cannot be deleted: the quiz “%(quiz)s” asks it. Take it out of that quiz first.")
    messages.error(request, words % {"code": question.code, "quiz": quiz.title})
    return redirect(reverse(Question.snippet_viewset.get_url_name("list")))


class QuestionViewSet(SnippetViewSet):
    model = Question
    icon = "help"
    menu_label = _("Questions")
    menu_name = "questions"
    menu_order = 205
    add_to_admin_menu = True
    inspect_view_enabled = True
    list_per_page = 50
    list_display = [
        "code",
        StemColumn("stem", label=_("Question")),
        TypeColumn("type", label=_("Type")),
        CriticalColumn("critical", label=_("Critical"), sort_key="critical"),
        CountriesColumn("countries", label=_("Countries")),
        LocaleColumn(label=_("Language")),
        UsageColumn("usage", label=_("Use")),
        StateColumn(),
    ]
    filterset_class = QuestionFilters
    ordering = "code"
    edit_handler = EDITOR
    index_view_class = QuestionList
    edit_view_class = QuestionEdit
    inspect_view_class = QuestionInspect
    usage_view_class = QuestionUsage
    chooser_viewset_class = QuestionChooser
    chooser_per_page = 15
