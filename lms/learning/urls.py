from django.urls import path

from . import search, views

app_name = "learning"

urlpatterns = [
    path("search/", search.search, name="search"),
    path("learn/done/<uuid:key>/", views.complete, name="complete"),
    path("learn/place/<uuid:key>/", views.place, name="place"),
]
