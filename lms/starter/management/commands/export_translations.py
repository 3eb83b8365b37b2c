from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ...files import ContentError
from ...library import CONTENT
from ...translations.export import Exporter, UnknownModule

LANGUAGES = [code for code, _name in settings.LANGUAGES if code != "en"]


class Command(BaseCommand):
    help = (
        "Writes PO files for translators: each module with its lessons, quizzes, questions and practicals. "
        "What stands in a file already stays. Run it again when the English has changed."
    )

    def add_arguments(self, parser):
        parser.add_argument("names", nargs="*", help="modules such as hiv-101, or pages such as help")
        parser.add_argument("--glossary", action="store_true", help="the words of the glossary too")
        parser.add_argument("--language", required=True, choices=LANGUAGES)
        parser.add_argument("--to", type=Path, help="folder; as given, it gets the files of this language")

    def handle(self, *args, names, glossary, language, to, **options):
        exporter = Exporter(language, to or CONTENT / "translations" / language)
        written = exporter.glossary() if glossary else {}
        try:
            for name in names:
                written |= _of(exporter, name)
        except UnknownModule as error:
            raise CommandError(f"There is no module or page «{error}».") from error
        except ContentError as error:
            raise CommandError(f"Mend this file first, or take it away: {error}") from error
        for path, empty in written.items():
            self.stdout.write(f"{path}: {empty} to translate")


def _of(exporter: Exporter, name: str) -> dict[Path, int]:
    try:
        return exporter.module(name)
    except UnknownModule:
        return exporter.page(name)
