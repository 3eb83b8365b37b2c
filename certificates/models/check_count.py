from django.db import connection, models

UPSERT = (
    "INSERT INTO certificates_checkcount (key, count, ends_at) VALUES ROWS "
    "ON CONFLICT (key) DO UPDATE SET count = certificates_checkcount.count + 1 RETURNING key, count"
)


class CheckCountQuerySet(models.QuerySet):
    def count_up(self, keys: list[str], ends_at) -> dict[str, int]:
        """One more of each, and how many that makes. One statement: all processes count together."""
        sql = UPSERT.replace("ROWS", ", ".join(["(%s, 1, %s)"] * len(keys)))
        with connection.cursor() as cursor:
            cursor.execute(sql, [value for key in keys for value in (key, ends_at)])
            return dict(cursor.fetchall())


class CheckCount(models.Model):
    """How often strangers asked, by a hash of who or what and by the hour. Forgotten when its time is over."""

    key = models.CharField(max_length=80, primary_key=True)
    count = models.PositiveIntegerField()
    ends_at = models.DateTimeField(db_index=True)

    objects = CheckCountQuerySet.as_manager()
