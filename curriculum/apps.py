from django.apps import AppConfig
from django.db.models.signals import post_migrate
from wagtail.signals import page_published, published


class CurriculumConfig(AppConfig):
    name = "curriculum"

    def ready(self):
        from . import clinical_review
        from .review import comparing
        from .translation import receivers

        post_migrate.connect(clinical_review.ensure_workflow, sender=self, dispatch_uid="curriculum.clinical_review")
        for signal in (page_published, published):
            signal.connect(receivers.count_machine_texts, dispatch_uid=f"curriculum.machine_texts.{id(signal)}")
        comparing.teach()
