from django.core.management.base import BaseCommand

from lms.learning.models import Enrolment
from lms.learning.services import rebuild_counts


class Command(BaseCommand):
    help = "Counts again what every enrolment has done and needs, from its requirement rows."

    def handle(self, **options):
        wrong = rebuild_counts(Enrolment.objects.iterator())
        self.stdout.write(f"{wrong} enrolments had been wrong and are mended.")
