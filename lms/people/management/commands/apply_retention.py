from django.core.management.base import BaseCommand

from lms.people.rights.retention import rules


class Command(BaseCommand):
    help = "Takes away what is older than it may be kept, and says how much. The tick does the same each day."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="only say how much it would be")

    def handle(self, *args, dry_run, **options):
        for rule in rules():
            count = rule.due().count()
            if not dry_run:
                rule.carry_out()
            self.stdout.write(f"{count:>8}  {rule.what} (after {rule.after})")
        if dry_run:
            self.stdout.write("Nothing was changed.")
