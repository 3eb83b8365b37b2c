"""A short starter curriculum: some of each kind of unit and of each rule of a country, for a journey that ends."""

import shutil
from pathlib import Path

from lms.starter.library import CONTENT

MODULES = ("hiv-101", "tb", "malaria", "ncd")
PROGRAMME = """
source_id: p-tour
code: P-TOUR
title: Primary Health Care, a tour
neutral_title: Community health, level 1
months_valid: 12
rows:
  - {unit: hiv-101}
  - {unit: tb, after: [hiv-101]}
  - {unit: malaria, after: [tb], except: [LS]}
  - {unit: ncd, after: [malaria]}
  - {unit: c12-tb-screen}
  - {unit: c13-malaria-rdt-referral, except: [LS]}
  - {unit: c14-blood-pressure}
  - {unit: c17-cervical-talk}
"""


def short_library(folder: Path) -> Path:
    """Four modules, the help pages and one programme, in a folder of their own."""
    copy = folder / "content"
    for name in (*MODULES, "pages"):
        shutil.copytree(CONTENT / name, copy / name)
    shutil.copy(CONTENT / "country-values.yaml", copy)
    (copy / "programmes").mkdir()
    (copy / "programmes" / "p-tour.yaml").write_text(PROGRAMME, encoding="utf-8")
    return copy
