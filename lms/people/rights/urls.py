"""Included by lms.people, in its namespace."""

from django.urls import path

from . import help, telling, views

urlpatterns = [
    path("about-your-data/", telling.told, name="told"),
    path("about-your-data/talk/", telling.not_agreed, name="told-no"),
    path("get-help/", help.get_help, name="get-help"),
    path("get-help/end/", help.end, name="support-end"),
    path("my-data/", views.my_data, name="my-data"),
    path("my-data/file/", views.as_json, name="my-data-json"),
    path("my-data/paper/", views.as_pdf, name="my-data-pdf"),
    path("my-data/messages/", views.choose_messages, name="my-data-messages"),
    path("my-data/<slug:kind>/", views.ask, name="my-data-ask"),
    path("my-data/<uuid:pk>/take-back/", views.withdraw, name="my-data-withdraw"),
]
