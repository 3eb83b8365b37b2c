from django.db import models


class Loaded(models.Model):
    """What the loader put into the CMS: by this it finds it again and sees whether an editor changed it since."""

    source_id = models.CharField(max_length=80)
    language = models.CharField(max_length=5, default="en")
    model = models.CharField(max_length=60)
    key = models.CharField(max_length=36, help_text="Translation key of a page or question, primary key of the rest")
    digest = models.CharField(max_length=64)
    revision_id = models.PositiveBigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source_id", "language"], name="loaded_source_id_once_per_language")
        ]
