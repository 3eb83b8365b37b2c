from django.conf import settings
from django.urls import include, path

from . import views

app_name = "messaging"
urlpatterns = [
    path("twilio/<uuid:message>/", views.twilio_report, name="twilio-report"),
    path("twilio/answer/", views.twilio_answer, name="twilio-answer"),
    path("africastalking/<str:token>/report/", views.africastalking_report, name="africastalking-report"),
    path("africastalking/<str:token>/answer/", views.africastalking_answer, name="africastalking-answer"),
]
if settings.ANYMAIL.get("WEBHOOK_SECRET"):  # without it anybody could report a delivery
    urlpatterns.append(path("mail/", include("anymail.urls")))
