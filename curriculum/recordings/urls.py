from django.urls import path

from .views import play

urlpatterns = [path("recordings/<str:name>", play, name="recording")]
