from django.urls import path

from . import views

app_name = "core"

urlpatterns = [
    path("media/images/<path:path>", views.picture, name="picture"),
    path("styleguide/", views.show_styleguide, name="styleguide"),
    path("styleguide/<slug:page>/", views.show_styleguide, name="styleguide-page"),
]
