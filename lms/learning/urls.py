from django.urls import path

from . import views

app_name = "learning"

urlpatterns = [
    path("learn/done/<uuid:key>/", views.complete, name="complete"),
    path("learn/place/<uuid:key>/", views.place, name="place"),
]
