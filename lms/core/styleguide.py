"""Invented people and progress for /styleguide/. Shapes are those that the components name in their comments."""

PAGES = ["parts", "home", "module", "lesson", "quiz", "result", "practical", "sign-in", "verify", "empty"]

SAMPLES = {
    "six": ["done", "done", "done", "current", "open", "open"],
}
