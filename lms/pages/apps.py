from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "lms.pages"
    label = "site_pages"
