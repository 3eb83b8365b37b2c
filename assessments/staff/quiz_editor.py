"""What the page editor says about a quiz after it was saved: warnings only. See quiz_check."""

from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from lms.core.models import Country

from .. import quiz_check, sections
from ..models import Purpose, QuizPage
from ..usage import usage_of


def remark(request: HttpRequest, page: Page) -> None:
    """After a save that somebody asked for; autosave stays silent."""
    if isinstance(page, QuizPage) and request.accepts("text/html") and (found := remarks(page)):
        rows = format_html_join("", "<li>{}</li>", ((words,) for words in found))
        messages.warning(request, format_html("{}<ul>{}</ul>", _("Please look at this quiz again:"), rows))


def remarks(quiz: QuizPage) -> list[str]:
    countries = list(Country.objects.all())
    return [*quiz_check.remarks(quiz, countries), *shown_by_practice(quiz, countries)]


def shown_by_practice(quiz: QuizPage, countries: list[Country]) -> list[str]:
    """Questions that this quiz and one of the other kind ask: practice shows what a certifying quiz keeps to itself."""
    other = {Purpose.PRACTICE: Purpose.CERTIFYING, Purpose.CERTIFYING: Purpose.PRACTICE}.get(quiz.purpose)
    if other is None:
        return []
    bank = quiz.bank()
    asked = [one for country in countries for one in sections.all_of(quiz.sections_for(country.code, bank))]
    usage = usage_of(asked)
    both = {
        (question.code, use.quiz.title)
        for question in asked
        for use in usage[question.translation_key].uses
        if use.quiz.purpose == other and use.quiz.translation_key != quiz.translation_key
    }
    if not both:
        return []
    words = _(
        "Practice shows the answer of %(codes)s, which a certifying quiz asks too (%(quizzes)s): "
        "it is left out of her practice until she has passed."
    )
    codes, titles = (", ".join(sorted(set(names))) for names in zip(*both, strict=True))
    return [words % {"codes": codes, "quizzes": titles}]
