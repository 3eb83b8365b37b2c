from django.urls import path

from .handbook import views as handbook
from .views import observations, pictures, practicals, practice, questions, quizzes, records

app_name = "assessments"

urlpatterns = [
    path("quiz/<uuid:attempt_id>/<int:number>/", questions.question, name="question-answer"),
    path("quiz/<uuid:attempt_id>/questions/", questions.questions, name="attempt-questions"),
    path("quiz/<uuid:attempt_id>/check/", quizzes.check, name="attempt-check"),
    path("quiz/<uuid:attempt_id>/hand-in/", quizzes.hand_in, name="attempt-hand-in"),
    path("quiz/<uuid:attempt_id>/result/", quizzes.result, name="attempt-result"),
    path("quiz/<uuid:attempt_id>/put-right/<int:number>/", questions.put_right, name="question-put-right"),
    path("quiz/<uuid:attempt_id>/record/", records.record, name="record-show"),
    path("quiz/<uuid:attempt_id>/record.json", records.as_json, name="record-json"),
    path("quiz/<uuid:attempt_id>/record.pdf", records.as_pdf, name="record-pdf"),
    path("picture/<slug:name>.webp", pictures.picture, name="picture-show"),
    path("handbook/<uuid:module_key>/", handbook.hers, name="handbook-show"),
    path("handbook/<uuid:module_key>/<uuid:handbook_id>/", handbook.take, name="handbook-take"),
    path("practice/", practice.today, name="practice-today"),
    path("practice/<uuid:turn_id>/", practice.turn, name="practice-turn"),
    path("observe/", practicals.people, name="people-list"),
    path("observe/<uuid:learner_id>/<uuid:unit_key>/", practicals.begin, name="observation-begin"),
    path("observe/<uuid:learner_id>/<uuid:unit_key>/sheet/", practicals.sheet, name="sheet-print"),
    path("observe/<uuid:learner_id>/<uuid:unit_key>/coaching/", practicals.coaching, name="coaching-record"),
    path("observation/<uuid:observation_id>/", observations.watch, name="observation-watch"),
    path("observation/<uuid:observation_id>/save/", observations.save, name="observation-save"),
    path("observation/<uuid:observation_id>/sign/", observations.sign, name="observation-sign"),
    path("observation/<uuid:observation_id>/result/", observations.result, name="observation-result"),
    path("observation/<uuid:observation_id>/void/", observations.void, name="observation-void"),
]
