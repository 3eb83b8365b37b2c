from django.urls import path

from .views import practicals, questions, quizzes

app_name = "assessments"

urlpatterns = [
    path("quiz/<uuid:attempt_id>/<int:number>/", questions.question, name="question-answer"),
    path("quiz/<uuid:attempt_id>/questions/", questions.questions, name="attempt-questions"),
    path("quiz/<uuid:attempt_id>/check/", quizzes.check, name="attempt-check"),
    path("quiz/<uuid:attempt_id>/hand-in/", quizzes.hand_in, name="attempt-hand-in"),
    path("quiz/<uuid:attempt_id>/result/", quizzes.result, name="attempt-result"),
    path("quiz/<uuid:attempt_id>/put-right/<int:number>/", questions.put_right, name="question-put-right"),
    path("observe/", practicals.people, name="people-list"),
    path("observe/<uuid:learner_id>/<uuid:unit_key>/", practicals.begin, name="observation-begin"),
    path("observe/<uuid:learner_id>/<uuid:unit_key>/sheet/", practicals.sheet, name="sheet-print"),
    path("observation/<uuid:observation_id>/", practicals.watch, name="observation-watch"),
    path("observation/<uuid:observation_id>/result/", practicals.result, name="observation-result"),
    path("observation/<uuid:observation_id>/void/", practicals.void, name="observation-void"),
]
