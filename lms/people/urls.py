from django.urls import include, path

from . import again, views
from .second_step import passkeys
from .second_step import views as steps
from .sent_codes import views as codes
from .whereabouts import views as whereabouts

app_name = "people"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/forgot/", views.forgot, name="forgot"),
    path("sign-in/choose/", views.choose_secret, name="choose-secret"),
    path("sign-in/code/", codes.send_code, name="send-code"),
    path("sign-in/code/sent/", codes.sent_code, name="sent-code"),
    path("sign-in/passkey/", passkeys.use, name="passkey"),
    path("sign-in/passkey/options/", passkeys.options, name="passkey-options"),
    path("sign-in/second-step/", steps.second_step, name="second-step"),
    path("sign-in/second-step/options/", steps.second_step_options, name="second-step-options"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("my-sign-in/", whereabouts.my_sign_in, name="my-sign-in"),
    path("my-sign-in/again/", again.again, name="again"),
    path("my-sign-in/second-step/", steps.needed, name="second-step-needed"),
    path("my-sign-in/app/", steps.set_up_app, name="app"),
    path("my-sign-in/app/remove/", steps.remove_app, name="app-remove"),
    path("my-sign-in/recovery-codes/", steps.new_codes, name="recovery-codes"),
    path("my-sign-in/passkeys/add/", passkeys.add, name="passkey-add"),
    path("my-sign-in/passkeys/options/", passkeys.new_options, name="passkey-new-options"),
    path("my-sign-in/passkeys/<int:pk>/remove/", passkeys.remove, name="passkey-remove"),
    path("my-sign-in/places/<int:pk>/end/", whereabouts.end_session, name="place-end"),
    path("my-sign-in/places/end/", whereabouts.end_others, name="places-end"),
    path("my-sign-in/remember/", whereabouts.remember, name="remember"),
    path("my-sign-in/forget/", whereabouts.forget, name="forget"),
    path("my-sign-in/devices/<int:pk>/mine/", whereabouts.it_was_me, name="device-mine"),
    path("my-sign-in/devices/not-mine/", whereabouts.it_was_not_me, name="device-not-mine"),
    path("", include("lms.people.rights.urls")),
    path("language/", views.language, name="language"),
    path("look/", views.look, name="look"),
]
