"""/cms/reviews/"""

from django.urls import path

from . import report, screen

app_name = "reviews"

urlpatterns = [
    path("", report.ReviewsReport.as_view(), name="list"),
    path("results/", report.ReviewsReport.as_view(results_only=True), name="list-results"),
    path("<int:pk>/", screen.screen, name="screen"),
]
