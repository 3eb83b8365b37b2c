from django.core.management.base import BaseCommand

from ...demo import load_demo, read_demo


class Command(BaseCommand):
    help = "Fills the demo with invented people. Run it again as often as you like: whoever is there stays as she is."

    def add_arguments(self, parser):
        parser.add_argument("--who", action="store_true", help="only say who can sign in")

    def handle(self, *args, who, **options):
        if not who:
            self.stdout.write(f"{len(load_demo())} people made.")
        self.stdout.write("Who can sign in (invented people):")
        for row in read_demo()["people"]:
            name = f"{row['names']} {row['family']}"
            role = row["role"].replace("_", " ")
            self.stdout.write(f"  {row['number']}  {row['secret']:<18} {role}, {row['country']}: {name}")
        self.stdout.write("For the demo, Kenya's malaria rapid test is switched on: that is invented.")
