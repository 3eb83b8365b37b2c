"""Questions of every type as a starter file writes them, and attempts at them."""

from uuid import uuid4

from wagtail.images import get_image_model

from assessments import question_types, services
from assessments.models import Attempt

QUESTIONS = {
    "single": {
        "type": "single",
        "stem": "How does TB pass?",
        "options": [
            {"text": "Through the air", "right": True},
            {"text": "By sharing cups", "right": False},
            {"text": "By shaking hands", "right": False},
        ],
        "why": "TB passes through the air.",
    },
    "multiple": {
        "type": "multiple",
        "stem": "Which do you ask about?",
        "options": [
            {"text": "Cough", "right": True},
            {"text": "Fever", "right": True},
            {"text": "Sore eyes", "right": False},
        ],
        "why": "Cough and fever are signs of TB.",
    },
    "true_false": {"type": "true_false", "stem": "TB can be cured.", "answer": True, "why": "Medicine cures it."},
    "number": {
        "type": "number",
        "stem": "Above how many copies/mL is it unsuppressed?",
        "answer": 1000,
        "tolerance": 0,
        "unit": "copies/mL",
        "why": "More than 1000 is unsuppressed.",
    },
    "ordering": {
        "type": "ordering",
        "stem": "What comes first?",
        "items": ["Thank her", "Go with her today", "Check tomorrow"],
        "why": "She is seen the same day.",
    },
    "matching": {
        "type": "matching",
        "stem": "What fits together?",
        "pairs": [
            {"prompt": "No symptoms", "choice": "TB infection"},
            {"prompt": "Cough and weight loss", "choice": "TB disease"},
            {"prompt": "Cough for two weeks", "choice": "TB disease"},
        ],
        "why": "Infection is asleep.",
    },
    "short_text": {
        "type": "short_text",
        "stem": "Which illness does a cough of two weeks point to?",
        "accepted": ["Tuberculosis", "TB"],
        "others": [{"text": "Malaria", "feedback": "Malaria brings fever. Think of the lungs."}],
        "why": "A long cough is a sign of TB.",
    },
    "gaps": {
        "type": "gaps",
        "stem": "Fill the gaps.",
        "text": "TB passes through the [[air]] when someone [[coughs]].",
        "extra": ["water"],
        "why": "TB is in the air.",
    },
    "picture": {
        "type": "picture",
        "stem": "What keeps mosquitoes away at night?",
        "pictures": [
            {"image": 901, "text": "A net over a bed", "right": True},
            {"image": 902, "text": "A cup of tea", "feedback": "Tea wakes you. It keeps no mosquito away."},
            {"image": 903, "text": "A lamp on a table"},
        ],
        "why": "Mosquitoes that carry malaria bite at night.",
    },
}


def block_value(data: dict):
    """A question's value as an editor's block holds it. Its pictures are images that no table holds."""
    type_ = question_types.get(data["type"])
    block = type_.block()
    if "pictures" not in data:
        return block.clean(block.to_python(type_.from_file(data)))
    value = type_.value_from(data)
    for row in value["pictures"]:
        number = row["image"]
        row["image"] = get_image_model()(pk=number, collection_id=1, width=640, height=480, file_hash=f"{number:040x}")
    return block.normalize(value)


def right_response(attempt: Attempt, item: dict):
    return question_types.get(item["type"]).right_response(item["item"], attempt.key[item["id"]])


def wrong_response(attempt: Attempt, item: dict):
    """A complete response that is not right, for single choice and true or false."""
    right = right_response(attempt, item)
    if item["type"] == "true_false":
        return not right
    return next(option["id"] for option in item["item"]["options"] if option["id"] != right)


def answer(attempt: Attempt, *, wrong=()) -> None:
    """Answer every item; those whose question's stem is in `wrong` not right."""
    for item in attempt.paper:
        give = wrong_response if item["stem"] in wrong else right_response
        services.save_answer(attempt, item["id"], give(attempt, item), uuid4())


def hand_in(attempt: Attempt, *, wrong=()) -> Attempt:
    answer(attempt, wrong=wrong)
    return services.hand_in(attempt)
