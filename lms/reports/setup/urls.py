from django.urls import path

from . import views

app_name = "country_setup"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:code>/", views.country, name="country"),
]
