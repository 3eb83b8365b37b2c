"""The learners' list of words."""

from django.urls import path

from . import views

app_name = "curriculum_glossary"

urlpatterns = [path("words/", views.words, name="words")]
