from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "lms.reports"
    label = "reports"

    def ready(self):
        from django.db.backends.signals import connection_created

        from .funnel.median import teach_sqlite

        connection_created.connect(teach_sqlite)
