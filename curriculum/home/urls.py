"""The full lists of the first page, under /cms/to-do/."""

from django.urls import path

from . import views

app_name = "home_lists"

urlpatterns = [path("<slug:name>/", views.show, name="show")]
