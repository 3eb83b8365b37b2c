from django.urls import path

from . import views

app_name = "room"

urlpatterns = [
    path("", views.my_cohorts, name="cohorts"),
    path("cohorts/<int:pk>/", views.cohort, name="cohort"),
    path("stuck/", views.stuck, name="stuck"),
    path("practicals/", views.practicals, name="practicals"),
    path("write/", views.write, name="write"),
]
