import pytest
from wagtail.models import Locale

from assessments import queries
from tests.factories.assessments import QUESTIONS
from tests.factories.content import make_question

pytestmark = pytest.mark.django_db


def translated(question, text):
    french = question.copy_for_translation(Locale.objects.get(language_code="fr"))
    french.answer[0].value["text"] = text
    french.stem = "Remplissez."
    french.live = True
    french.save()
    return french


@pytest.mark.parametrize(
    ("text", "stem"),
    [("La TB passe par l’[[air]] ou l’[[eau]].", "Remplissez."), ("La TB passe par l’air.", "Fill the gaps.")],
)
def test_translation_without_its_gaps_is_asked_as_it_was_written(text, stem):
    question = make_question("t-gaps", QUESTIONS["gaps"])
    translated(question, text)
    assert queries.asked([question], "fr")[0].stem == stem
