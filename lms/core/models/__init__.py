from .country import Country, Task, country_choices
from .seal import Seal, SealedEntry
from .settings import PlatformSettings

__all__ = ["Country", "PlatformSettings", "Seal", "SealedEntry", "Task", "country_choices"]
