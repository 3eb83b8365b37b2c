"""The record of one attempt as plain data, format `attempt-record`, version 1.

The same attempt gives the same bytes until something about it changes (an answer, a regrade, a new try), whoever asks
in whatever language: so a file and a printed page can be compared by their SHA-256. Who made a copy, and when, is
therefore printed on the PDF and written into the audit log, and not part of the data. Times are ISO 8601 in UTC.

    format, version
    with_key         false: what is right, and why, may not be shown yet and is left out
    attempt          id, staff_number, name, quiz {key, title, revision}, purpose, programmes [{code, cycle}], cycle,
                     try, language, country
    rules            pass_mark (per cent), questions, right_to_pass (null: a test without a pass), tries (null: not
                     known), minutes (null: no limit), grace_minutes, partial_credit, layout
    times            started, deadline, handed_in, by_clock, passed, complete
    result           score (null: not handed in), of, passed, complete, to_put_right [number]
    questions[]      number, item, question, revision, type, critical, facts, story, stem,
                     shown [{part, lines}]   what was to be chosen from, in the order in which she saw it
                     answers[]               id, at, seconds, response (by the paper's ids), words, counted, put_right,
                                             right (null: not judged at once)
                     mark {right, share}     null: not handed in, or not to be shown: whoever knows that one of two
                                             answers was wrong knows the key
                     as_shown                the frozen item itself
                     only with_key: key_at_hand_in, key_now {key, words, everyone}, why
    extra_tries[]    after_this_try, at, by, conversation
    regrades[]       run, at, by, verdict, may_lower, reason, question_number, right_before, right_now (these four
                     null without key), effect, score_before, score_now
"""

import hashlib
import json
from decimal import Decimal

from django.utils import translation
from wagtail.models import Revision

from lms.learning.models import Requirement

from .. import question_types
from ..models import Answer, Attempt, ExtraTry, Mark, Purpose, Remark

FORMAT, VERSION = "attempt-record", 1


def record(attempt: Attempt, *, shown: set[str] | None = None) -> dict:
    """Everything about an attempt. `shown`: items whose key may be seen; None: all, for staff.

    An item whose key may not be shown keeps its mark back as well, and a test its score. A fixed number of queries.
    """
    remarks = list(attempt.remarks.select_related("regrade__made_by").order_by("regrade__made_at", "pk"))
    with translation.override(attempt.language):
        return {
            "format": FORMAT,
            "version": VERSION,
            "with_key": shown is None or bool(shown),
            "attempt": _head(attempt),
            "rules": _rules(attempt),
            "times": _times(attempt),
            "result": _result(attempt, shown),
            "questions": _questions(attempt, remarks, shown),
            "extra_tries": _extra_tries(attempt),
            "regrades": [_regrade(attempt, remark, shown) for remark in remarks],
        }


def as_bytes(data: dict) -> bytes:
    """The file: sorted, indented, the same bytes for the same record."""
    return (json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def sha256(data: dict) -> str:
    return hashlib.sha256(as_bytes(data)).hexdigest()


def _head(attempt: Attempt) -> dict:
    asked = Requirement.objects.filter(enrolment__person=attempt.person_id, unit_key=attempt.unit_key)
    rows = asked.order_by("enrolment__opened_at").values_list("enrolment__programme_code", "enrolment__cycle")
    return {
        "id": str(attempt.pk),
        "staff_number": attempt.person.staff_number,
        "name": attempt.person.get_full_name(),
        "quiz": {"key": str(attempt.unit_key), "title": attempt.title, "revision": attempt.quiz_revision},
        "purpose": attempt.purpose,
        "programmes": [{"code": code, "cycle": cycle} for code, cycle in rows],
        "cycle": attempt.cycle,
        "try": attempt.number,
        "language": attempt.language,
        "country": attempt.country_code,
    }


def _rules(attempt: Attempt) -> dict:
    limit = attempt.deadline_at and round((attempt.deadline_at - attempt.started_at).total_seconds() / 60)
    return {
        "pass_mark": attempt.pass_mark,
        "questions": len(attempt.paper),
        "right_to_pass": None if _is_test(attempt) else attempt.needed,
        "tries": _tries(attempt),
        "minutes": limit,
        "grace_minutes": attempt.grace_minutes,
        "partial_credit": attempt.partial_credit,
        "layout": attempt.layout,
    }


def _tries(attempt: Attempt) -> int | None:
    """As the quiz said when the paper was drawn; practice is not counted, and a test is taken once."""
    if attempt.purpose == Purpose.PRACTICE or not attempt.quiz_revision:
        return None
    if _is_test(attempt):
        return 1
    revision = Revision.objects.filter(pk=attempt.quiz_revision).first()
    return revision and revision.content.get("tries")


def _times(attempt: Attempt) -> dict:
    return {
        "started": _moment(attempt.started_at),
        "deadline": _moment(attempt.deadline_at),
        "handed_in": _moment(attempt.handed_in_at),
        "by_clock": attempt.by_clock,
        "passed": _moment(attempt.passed_at),
        "complete": _moment(attempt.completed_at),
    }


def _result(attempt: Attempt, shown: set[str] | None) -> dict:
    hidden = _hides_score(attempt, shown)
    numbers = {item["id"]: number for number, item in enumerate(attempt.paper, 1)}
    return {
        "score": None if hidden else _number(attempt.score),
        "of": len(attempt.paper),
        "passed": attempt.passed_at is not None,
        "complete": attempt.completed_at is not None,
        "to_put_right": [numbers[item_id] for item_id in attempt.to_put_right],
    }


def _questions(attempt: Attempt, remarks: list[Remark], shown: set[str] | None) -> list[dict]:
    answers: dict[str, list[Answer]] = {}
    for answer in attempt.answers.order_by("saved_at", "pk"):
        answers.setdefault(answer.item_id, []).append(answer)
    marks = {mark.item_id: mark for mark in attempt.marks.all() if _is_shown(mark.item_id, shown)}
    found = []
    for number, item in enumerate(attempt.paper, 1):
        row = _question(number, item) | {
            "answers": _answers(attempt, item, answers.get(item["id"], [])),
            "mark": _mark(marks.get(item["id"])),
        }
        if _is_shown(item["id"], shown):
            row |= _keys(attempt, item, [remark for remark in remarks if remark.item_id == item["id"]])
        found.append(row)
    return found


def _question(number: int, item: dict) -> dict:
    named = {name: item[name] for name in ("question", "revision", "type", "critical", "facts", "stem")}
    return named | {
        "number": number,
        "item": item["id"],
        "story": item["case"],
        "shown": shown_parts(item["item"]),
        "as_shown": item["item"],
    }


def shown_parts(item: dict) -> list[dict]:
    """The texts of a frozen item, part by part in the order in which it shows them, of whatever type."""
    parts = ({"part": name, "lines": _texts(value)} for name, value in item.items())
    return [part for part in parts if part["lines"]]


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value.strip()] if value.strip() else []
    if isinstance(value, dict):
        value = [text for name, text in value.items() if name == "text"]
    return [text for part in value for text in _texts(part)] if isinstance(value, list) else []


def _answers(attempt: Attempt, item: dict, answers: list[Answer]) -> list[dict]:
    """All of them. The newest before hand-in counts; in practice, which shows at once what is right, the first."""
    type_ = question_types.get(item["type"])
    before = [answer for answer in answers if not answer.put_right]
    counts = (before[0] if attempt.is_practice else before[-1]) if before else None
    return [
        {
            "id": str(answer.pk),
            "at": _moment(answer.saved_at),
            "seconds": answer.seconds,
            "response": answer.response,
            "words": type_.in_words(item["item"], answer.response),
            "counted": answer == counts,
            "put_right": answer.put_right,
            "right": answer.right,
        }
        for answer in answers
    ]


def _mark(mark: Mark | None) -> dict | None:
    return mark and {"right": mark.right, "share": _number(mark.share)}


def _keys(attempt: Attempt, item: dict, remarks: list[Remark]) -> dict:
    """The key that judged her at hand-in, and the one that holds after every regrade."""
    now = attempt.key[item["id"]]
    after_hand_in = [remark for remark in remarks if remark.effect != Remark.Effect.OPEN]
    then = after_hand_in[0].key_before if after_hand_in else now
    return {"key_at_hand_in": _key(item, then), "key_now": _key(item, now), "why": item["why"]}


def _key(item: dict, key: dict) -> dict:
    type_ = question_types.get(item["type"])
    words = type_.in_words(item["item"], type_.right_response(item["item"], key))
    return {"key": key, "words": words, "everyone": bool(key.get(question_types.EVERYONE))}


def _extra_tries(attempt: Attempt) -> list[dict]:
    """Every try that was opened for this quiz in this cycle, with what was talked about."""
    mine = {"person": attempt.person_id, "unit_key": attempt.unit_key, "cycle": attempt.cycle}
    return [
        {
            "after_this_try": extra.after_attempt_id == attempt.pk,
            "at": _moment(extra.opened_at),
            "by": extra.opened_by.get_full_name(),
            "conversation": extra.conversation,
        }
        for extra in ExtraTry.objects.filter(**mine).select_related("opened_by").order_by("opened_at")
    ]


def _regrade(attempt: Attempt, remark: Remark, shown: set[str] | None) -> dict:
    """A reason may tell the key, and so may which question was judged how: they go with it."""
    run, numbers = remark.regrade, [item["id"] for item in attempt.paper]
    says_which = _is_shown(remark.item_id, shown)
    hidden = _hides_score(attempt, shown)
    return {
        "run": str(run.pk),
        "at": _moment(remark.made_at),
        "by": run.made_by.get_full_name(),
        "verdict": run.verdict,
        "may_lower": run.may_lower,
        "reason": run.reason if says_which else None,
        "question_number": numbers.index(remark.item_id) + 1 if says_which else None,
        "effect": None if hidden else remark.effect,
        "right_before": remark.right_before if says_which else None,
        "right_now": remark.right_after if says_which else None,
        "score_before": None if hidden else _number(remark.score_before),
        "score_now": None if hidden else _number(remark.score_after),
    }


def _is_shown(item_id: str, shown: set[str] | None) -> bool:
    return shown is None or item_id in shown


def _hides_score(attempt: Attempt, shown: set[str] | None) -> bool:
    """A pre- or post-test tells nothing before its key may be shown."""
    return shown is not None and not shown and _is_test(attempt)


def _is_test(attempt: Attempt) -> bool:
    return attempt.purpose in (Purpose.PRE_TEST, Purpose.POST_TEST)


def _moment(time) -> str | None:
    return time and time.isoformat(timespec="seconds")


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)
