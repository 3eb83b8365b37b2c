from django.urls import path

from . import register, views

app_name = "attendance"

urlpatterns = [
    path("cohorts/<int:cohort>/days/", views.days, name="days"),
    path("cohorts/<int:cohort>/days/new/", views.add, name="add"),
    path("cohorts/<int:cohort>/register.xlsx", register.Register.as_view(), name="register"),
    path("days/<int:pk>/", views.day, name="day"),
    path("days/<int:pk>/edit/", views.edit, name="edit"),
    path("days/<int:pk>/delete/", views.delete, name="delete"),
    path("days/<int:pk>/sheet/", views.sheet, name="sheet"),
]
