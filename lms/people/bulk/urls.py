from django.urls import path

from . import views

app_name = "staff_bulk"
urlpatterns = [
    path("<uuid:pk>/", views.result, name="result"),
    path("<uuid:pk>/file/", views.file, name="file"),
    path("<uuid:pk>/<slug:action>/", views.confirm, name="confirm"),
]
