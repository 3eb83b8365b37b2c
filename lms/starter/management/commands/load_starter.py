from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from ...files import ContentError
from ...library import CONTENT
from ...loader import load


class Command(BaseCommand):
    help = "Loads the starter curriculum. Run it again as often as you like: what an editor changed is left alone."

    def add_arguments(self, parser):
        parser.add_argument("--folder", type=Path, default=CONTENT, help="where the files are")

    def handle(self, *args, folder, **options):
        try:
            report = load(folder)
        except ContentError as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        self.stdout.write(
            f"{len(report.created)} created, {len(report.updated)} updated, {len(report.unchanged)} unchanged."
        )
        for name in report.left_alone:
            self.stdout.write(f"Left alone: {name}")
        for name in report.waiting:
            self.stdout.write(f"Not before learners yet: {name}")
