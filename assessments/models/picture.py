from django.db import models
from django.utils import timezone


class PaperPicture(models.Model):
    """A picture as papers show it: small, and a copy, so that editing or deleting the image changes no paper.

    Written once and never changed or deleted. It stands beside the papers, so that a restored paper has its pictures.
    """

    name = models.CharField(primary_key=True, max_length=40, help_text="Hash of the original's content")
    data = models.BinaryField(help_text="WebP, of 15 kB at most")
    made_at = models.DateTimeField(default=timezone.now)
