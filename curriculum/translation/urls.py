"""/cms/translations/, and wagtail-localize's addresses that we answer ourselves."""

from django.urls import path

from . import overrides, report, views

app_name = "translations"

urlpatterns = [
    path("", report.TranslationsReport.as_view(), name="list"),
    path("results/", report.TranslationsReport.as_view(results_only=True), name="list-results"),
    path("<int:pk>/", views.one, name="one"),
]

ONE = "translate/<int:translation_id>"
ANSWERED_HERE = [
    path("submit/page/<int:page_id>/", overrides.BeginPage.as_view()),
    path("submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/", overrides.BeginSnippet.as_view()),
    path("update/<int:translation_source_id>/", overrides.Synchronise.as_view()),
    path("page/<int:page_id>/convert_to_alias/", overrides.become_alias_again),
    path(f"{ONE}/pofile/upload/", overrides.upload_po),
    path(f"{ONE}/strings/<int:string_segment_id>/edit/", overrides.edit_string),
    path(f"{ONE}/overrides/<int:overridable_segment_id>/edit/", overrides.edit_override),
]
