"""The starter text of what people are told about their data: a draft, for an administrator to have read and publish."""

from pathlib import Path

from lms.people.models import ConsentText

FOLDER = "consent"


def load_consent(folder: Path) -> int:
    """The texts of the first version, one file a language, where nobody has written any. Returns how many."""
    files = sorted((folder / FOLDER).glob("*.txt"))
    if ConsentText.objects.exists():
        return 0
    drafts = [ConsentText(version=1, language=path.stem, body=path.read_text(encoding="utf-8")) for path in files]
    return len(ConsentText.objects.bulk_create(drafts))
