"""`manage.py check --deploy`: what the folder of keys alone shows. `certificate_keys check` asks the rows too."""

from django.core.checks import CheckMessage, Error, Warning

from . import checking


def keys_are_kept(app_configs, **kwargs) -> list[CheckMessage]:
    return [
        *(Error(sentence, id="certificates.E001") for sentence in checking.exposed()),
        *(Warning(sentence, id="certificates.W001") for sentence in checking.made_by_themselves()),
        *(Warning(sentence, id="certificates.W002") for sentence in checking.kept_with_data()),
    ]
