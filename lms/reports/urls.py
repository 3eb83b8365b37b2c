from django.urls import path

from . import views

app_name = "reports"
urlpatterns = [
    path("people/", views.PeopleReport.as_view(), name="people"),
    path("people/results/", views.PeopleReport.as_view(results_only=True), name="people-results"),
    path("people/<uuid:pk>/", views.person, name="person"),
]
