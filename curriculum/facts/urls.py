"""Facts' own pages under /cms/facts/: the review list and what comes back of it."""

from django.urls import path

from .verdicts import views

app_name = "curriculum_facts"

urlpatterns = [
    path("review-list/", views.review_list, name="review-list"),
    path("review-list/facts.xlsx", views.review_file, name="review-file"),
    path("verdicts/", views.SheetList.as_view(), name="verdict-sheets"),
    path("verdicts/new/", views.send, name="verdict-send"),
    path("verdicts/<uuid:pk>/", views.show, name="verdict-sheet"),
    path("verdicts/<uuid:pk>/bring-in/", views.bring_in, name="verdict-bring-in"),
    path("verdicts/<uuid:pk>/discard/", views.discard, name="verdict-discard"),
]
