"""The tables of country values under /cms/country-values/."""

from django.urls import path

from . import views

app_name = "country_values"

urlpatterns = [
    path("", views.overview, name="overview"),
    path("<slug:code>/", views.table, name="table"),
]
