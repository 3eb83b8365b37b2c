from django.urls import path

from . import views

app_name = "api"
urlpatterns = [
    path("v1/certificates/check", views.Check.as_view(), name="check"),
    path("v1/certificates/check-many", views.CheckMany.as_view(), name="check-many"),
    path("v1/openapi.json", views.openapi, name="openapi"),
    path("<path:rest>", views.NothingHere.as_view(), name="nothing-here"),
]
