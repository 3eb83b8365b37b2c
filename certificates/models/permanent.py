from django.db import models


class NeverDeleted(Exception):
    """The register keeps what was issued for ever: revoke or supersede instead."""


class PermanentQuerySet(models.QuerySet):
    def delete(self):
        raise NeverDeleted

    delete.queryset_only = True


class Permanent(models.Model):
    """Rows that nobody deletes. What they point to is kept by PROTECT, what points to them too."""

    class Meta:
        abstract = True

    def delete(self, *args, **kwargs):
        raise NeverDeleted
