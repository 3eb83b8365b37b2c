"""Doors into Wagtail: pages that show a learner where she stands, the editors' lists, the guard against deletion."""

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.models import Page

from .models import PracticalPage, QuizPage
from .views import practicals, quizzes

AFTER_THE_GATE = 100


@hooks.register("before_serve_page", order=AFTER_THE_GATE)
def show_where_she_stands(page: Page, request: HttpRequest, args, kwargs) -> HttpResponse | None:
    """A quiz or practical as the signed-in person meets it: the models know no attempts."""
    if isinstance(page, QuizPage):
        return quizzes.start(request, page)
    if isinstance(page, PracticalPage):
        return practicals.practical(request, page)
    return None
