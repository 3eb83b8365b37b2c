"""Item analysis in the admin: the quizzes, one quiz with its questions, one question with its answers and versions."""

from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from lms.people.models import User

from ..analysis import queries, report
from ..analysis.report import QuestionReport, QuestionRow, QuizRow
from ..analysis.selection import may_read_analysis
from ..models import Question
from ..read_again import Place, read_again
from ..regrades.permissions import may_regrade
from .analysis_forms import AnalysisForm
from .files import table_file

TITLE = gettext_lazy("Item analysis")

# Heading and value of each column of the files, in order. What is withheld on the screen is empty here.
QUIZ_FILE = (
    (gettext_lazy("Quiz"), lambda row: row.title),
    (gettext_lazy("Purpose"), lambda row: str(row.purpose_said)),
    (gettext_lazy("Attempts"), lambda row: row.n),
    (gettext_lazy("Mean share right"), lambda row: row.mean),
    (gettext_lazy("Questions"), lambda row: row.questions),
    (gettext_lazy("Need a look"), lambda row: row.look),
    (gettext_lazy("Reliability"), lambda row: row.reliability and row.reliability.value),
    (gettext_lazy("Kind of reliability"), lambda row: row.reliability and kind_of(row)),
    (gettext_lazy("Standard error, marks"), lambda row: row.reliability and row.reliability.error),
)
QUESTION_FILE = (
    (gettext_lazy("Code"), lambda row: row.question and row.question.code),
    (gettext_lazy("Story"), lambda row: row.case),
    (gettext_lazy("Question"), lambda row: row.stem),
    (gettext_lazy("Attempts"), lambda row: row.numbers.n),
    (gettext_lazy("Facility"), lambda row: told(row, row.numbers.facility)),
    (gettext_lazy("Discrimination"), lambda row: told(row, row.numbers.discrimination)),
    (gettext_lazy("Unanswered"), lambda row: told(row, row.tally.unanswered)),
    (gettext_lazy("Median seconds"), lambda row: told(row, row.numbers.seconds)),
    (gettext_lazy("In words"), lambda row: " ".join(verdict.text for verdict in row.verdicts)),
    (gettext_lazy("Attempts at earlier versions"), lambda row: row.older),
)


def told(row: QuestionRow, value):
    return None if row.is_withheld else value


def kind_of(row: QuizRow) -> str:
    return "Cronbach's alpha" if row.reliability.same_papers else "ICC(1,k)"


@require_safe
@never_cache
def quizzes(request: HttpRequest) -> HttpResponse:
    """Every quiz that was tried, those with questions that need a look first."""
    form = _form(request)
    rows = report.quiz_rows(request.user, form.selection)
    if kind := request.GET.get("file"):
        return _file("item-analysis", kind, QUIZ_FILE, rows)
    context = {"rows": rows, "look": sum(row.look for row in rows)}
    return _page(request, "analysis", form, context, [])


@require_safe
@never_cache
def quiz(request: HttpRequest, unit_key: UUID) -> HttpResponse:
    """A quiz's questions, those that need a look first."""
    form = _form(request)
    found = report.quiz_report(request.user, form.selection, unit_key)
    if not found.quiz.title:
        raise Http404
    if kind := request.GET.get("file"):
        return _file("quiz-analysis", kind, QUESTION_FILE, found.rows)
    return _page(request, "quiz_analysis", form, {"quiz": found.quiz, "rows": found.rows}, [(found.quiz.title, "")])


@require_safe
@never_cache
def question(request: HttpRequest, key: UUID) -> HttpResponse:
    """One question: what was chosen, by version, by quiz; where to correct it."""
    form = _form(request)
    found = report.question_report(request.user, form.selection, key)
    if not found.row.stem:
        raise Http404
    if kind := request.GET.get("file"):
        return _file("question-analysis", kind, QUESTION_FILE, [found.row, *found.versions])
    context = {
        "row": found.row,
        "versions": found.versions,
        "quizzes": found.quizzes,
        "cards": _cards(request.user, found),
        "ways": _ways(request.user, found.row.question),
    }
    return _page(request, "question_analysis", form, context, [(_name(found.row), "")])


def _form(request: HttpRequest) -> AnalysisForm:
    """Raises PermissionDenied: the menu shows her no analysis, so this is somebody who typed the address."""
    if not may_read_analysis(request.user):
        raise PermissionDenied
    return AnalysisForm(request.user, request.GET)


def _file(name: str, kind: str, columns: tuple, rows: list) -> HttpResponse:
    headings, reads = zip(*columns, strict=True)
    return table_file(name, kind, headings, [[read(row) for read in reads] for row in rows])


def _page(request: HttpRequest, name: str, form: AnalysisForm, context: dict, trail: list) -> HttpResponse:
    asked = {field: value for field in form.fields if (value := request.GET.get(field))}
    crumbs = [(_("Home"), reverse("wagtailadmin_home")), (TITLE, reverse("item-analysis:index") if trail else "")]
    heads = {
        "form": form,
        "as_of": form.last_day,
        "asked": urlencode(asked),
        "first_only": form.selection.first_only,
        "header_title": trail[-1][0] if trail else TITLE,
        "header_icon": "view",
        "breadcrumbs_items": [{"label": label, "url": url} for label, url in [*crumbs, *trail]],
    }
    return render(request, f"assessments/staff/{name}.html", heads | context)


def _name(row: QuestionRow) -> str:
    return row.question.code if row.question else _("A question that is gone")


def _cards(user: User, found: QuestionReport) -> list[Place]:
    """The lesson cards that teach what it asks, in the module of a quiz that asks it."""
    pages = queries.quizzes_by_key(row.unit_key for row in found.quizzes)
    if not found.item or not pages:
        return []
    return read_again(next(iter(pages.values())), [found.item], user.country_id)[found.item["id"]]


def _ways(user: User, question: Question | None) -> list[tuple[str, str]]:
    """Where to go on from here: label and address."""
    if not question:
        return []
    edit = AdminURLFinder(user).get_edit_url(question)
    usage = reverse(Question.snippet_viewset.get_url_name("usage"), args=[question.pk])
    ways = [(_("Edit the question"), edit)] if edit else []
    ways.append((_("Where it is asked"), usage))
    if question.live and may_regrade(user):
        ways.append((_("Regrade"), reverse("regrades:preview", args=[question.pk])))
    return ways


class ForAuthors(MenuItem):
    def is_shown(self, request):
        return may_read_analysis(request.user)


class AnalysisViewSet(ViewSet):
    name = "item-analysis"
    icon = "view"
    menu_label = TITLE
    menu_item_class = ForAuthors

    def get_urlpatterns(self):
        return [
            path("", quizzes, name="index"),
            path("quiz/<uuid:unit_key>/", quiz, name="quiz"),
            path("question/<uuid:key>/", question, name="question"),
        ]
