"""The faces that PDFs are set in: README.md says which letters they hold."""

from pathlib import Path

FONTS = Path(__file__).parent
