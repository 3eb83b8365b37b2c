from django.urls import path

from .views import holder

app_name = "certificates"
urlpatterns = [
    path("certificates/", holder.mine, name="mine"),
    path("certificates/title/", holder.choose_title, name="title"),
    path("certificates/<uuid:pk>/", holder.download, name="download"),
    path("certificates/<uuid:pk>/card/", holder.card, name="card"),
    path("certificates/<uuid:pk>/renew/", holder.renew, name="renew"),
    path("certificates/<uuid:pk>/title/", holder.print_title, name="print-title"),
]
