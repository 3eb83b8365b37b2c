from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CurriculumConfig(AppConfig):
    name = "curriculum"

    def ready(self):
        from . import clinical_review

        post_migrate.connect(clinical_review.ensure_workflow, sender=self, dispatch_uid="curriculum.clinical_review")
