from django.urls import path

from .views import holder

app_name = "certificates"
urlpatterns = [
    path("certificates/", holder.mine, name="mine"),
    path("certificates/<uuid:pk>/", holder.download, name="download"),
]
