"""Printed on paper: these addresses carry no language and never change."""

from django.urls import path

from .views import keys, public

app_name = "verification"
urlpatterns = [
    path("verify/", public.check, name="check"),
    path("V", public.scanned, name="scanned"),
    path("v", public.scanned),  # as people type it
    path("keys.json", keys.key_set, name="keys"),
    path("root.pem", keys.roots, name="roots"),
]
