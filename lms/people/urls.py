from django.urls import path

from . import views

app_name = "people"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/forgot/", views.forgot, name="forgot"),
    path("sign-in/choose/", views.choose_secret, name="choose-secret"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("language/", views.language, name="language"),
    path("look/", views.look, name="look"),
]
