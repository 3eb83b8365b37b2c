"""Printed on paper: these addresses carry no language and never change."""

from django.urls import path

from .views import keys, public, scan

app_name = "verification"
urlpatterns = [
    path("verify/", public.check, name="check"),
    path("V", scan.page, name="scanned"),
    path("v", scan.page),  # as people type it
    path("V.js", scan.worker, name="worker"),
    path("status/titles", scan.programme_titles, name="titles"),
    path("status/<str:issued_by>/<int:number>/<str:purpose>", scan.status_list, name="status-list"),
    path("keys.json", keys.key_set, name="keys"),
    path("root.pem", keys.roots, name="roots"),
]
