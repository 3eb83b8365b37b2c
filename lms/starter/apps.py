from django.apps import AppConfig


class StarterConfig(AppConfig):
    name = "lms.starter"
    label = "starter"
