"""Log lines as JSON, without personal data: the path without its query, an error without its message."""

import json
import logging
import traceback
from datetime import UTC, datetime


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
        }
        if status := getattr(record, "status_code", None):
            line["status"] = status
        if record.exc_info and record.exc_info[0]:
            line |= _error(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def _message(record: logging.LogRecord) -> str:
    """Django's own lines quote addresses as they were asked for: what follows the question mark is dropped."""
    message = record.getMessage()
    return message.split("?")[0] if record.name.startswith("django.") else message


def _error(exc_info) -> dict:
    """The kind of error and the way to it. Its message may quote a row or an answer, so it stays out."""
    kind, _, trail = exc_info
    steps = [f"{step.filename}:{step.lineno} {step.name}" for step in traceback.extract_tb(trail)]
    return {"error": f"{kind.__module__}.{kind.__qualname__}", "trail": steps}
