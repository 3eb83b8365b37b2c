"""Printed on paper: these addresses carry no language and never change."""

from django.urls import path

from .views import public

app_name = "verification"
urlpatterns = [
    path("verify/", public.check, name="check"),
    path("V", public.scanned, name="scanned"),
    path("v", public.scanned),  # as people type it
]
