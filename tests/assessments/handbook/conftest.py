import pytest

from assessments.handbook import services
from assessments.models import Edition
from curriculum.paper import press


@pytest.fixture
def quick_press(monkeypatch):
    """A press that draws nothing: what is tested is who asks, what is kept and what is told."""
    monkeypatch.setattr(
        press, "press", lambda html, style, on_page=None: press.Pressed(b"%PDF-1.7 " + html.encode(), 3)
    )


@pytest.fixture
def asked(curriculum, kenya, trainer):
    """asked(edition=…, subject=…): the handbook of the module, asked for and not yet drawn."""

    def asked(edition=Edition.LEARNER, subject=None, country=kenya, language="en"):
        return services.ask_for(subject or curriculum.module, country, language, edition, by=trainer)

    return asked
