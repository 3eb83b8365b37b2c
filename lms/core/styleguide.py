"""Invented people and progress for /styleguide/, in the shapes that the components name in their comments."""

from datetime import date

PAGES = ["parts", "home", "module", "lesson", "quiz", "result", "practical", "sign-in", "verify", "empty"]
STATES = ["valid", "expired", "withdrawn", "replaced", "not_found", "typing_error", "changed", "specimen"]

TEXT = "<p>Grace came for her usual visit. She felt well.</p><p>“A small cough,” said Grace. “Only at night.”</p>"
OPTIONS = [
    {"id": "a1", "text": "By sharing cups", "chosen": False},
    {"id": "a2", "text": "Through the air", "chosen": True},
    {"id": "a3", "text": "By shaking hands", "chosen": False},
    {"id": "a4", "text": "By a mosquito", "chosen": False},
]
CHOICES = [("c1", "TB infection"), ("c2", "TB disease"), ("c3", "Cured")]
LINES = ["Go with her to the nurse today", "Check tomorrow that she was seen", "Thank her for telling you"]
WHEN = dict(zip(STATES, ["today, 21 November 2026", "since 1 October 2026", "on 3 August 2026"], strict=False)) | {
    "replaced": "ask for the newer one",
    "not_found": "We did not issue this code, or may not show it",
    "typing_error": "The last sign does not fit the others",
    "changed": "Do not accept this paper",
    "specimen": "not a certificate",
}
FACTS = [
    ("Programme", "Integrated Primary Health Care, version 3"),
    ("Awarded", "14 Nov 2026"),
    ("Valid until", "30 Nov 2027"),
    ("Issued in", "Zambia"),
]

CARDS = [
    ("ask", {"question": "A woman feels well today. Do you still ask her about TB?"}),
    (
        "remember",
        {
            "message": "Ask these four, every time you meet.",
            "signs": [
                {"sign": "cough", "word": "Cough"},
                {"sign": "thermo", "word": "Fever"},
                {"sign": "sweat", "word": "Night sweats"},
                {"sign": "weight", "word": "Weight loss"},
            ],
            "closing": "One “yes” = a TB test.",
        },
    ),
    ("story", {"title": "Grace’s story", "text": TEXT}),
    (
        "say",
        {
            "lines": [
                {"speaker": "You", "words": "I ask everybody these four questions, every time."},
                {"speaker": "Grace", "words": "I only have a small cough."},
                {"speaker": "You", "words": "Thank you for telling me. Let us go to the nurse together, today."},
            ]
        },
    ),
    (
        "text",
        {"title": "Short questions, asked often", "text": "<p>Ask for <b>each</b> sign.</p><ul><li>cough</li></ul>"},
    ),
    ("steps", {"title": "After a “yes”", "steps": ["Thank her, and stay calm.", "Refer her the same day."]}),
    (
        "table",
        {
            "title": "Three groups",
            "table": {
                "columns": [{"heading": "Group"}, {"heading": "What the test shows"}],
                "rows": [["Undetectable", "The test finds no HIV"], ["Suppressed", "1000 copies/mL or less"]],
            },
        },
    ),
    (
        "flash",
        {
            "cards": [
                {"question": "Amina, 6, looks well. An uncle has TB. And now?", "answer": "Refer her: that is a “yes”."}
            ]
        },
    ),
    (
        "download",
        {"document": {"title": "Card for your bag", "url": "#", "get_file_size": 312_000}},
    ),
    ("note", {"title": "Fever where there is malaria", "text": "<p>Fever also calls for a malaria test.</p>"}),
    ("value", {"title": "Which sample?"}),
    ("summary", {"text": "<ul><li>Ask at every contact.</li><li>After any “yes”, refer the same day.</li></ul>"}),
]

SAMPLES = {
    "six": ["done", "done", "done", "current", "open", "open"],
    "twenty_three": ["done"] * 6 + ["current"] + ["open"] * 16,
    "eight_right": ["done"] * 5 + ["wrong"] * 2 + ["done"] * 3,
    "nine_right": ["done"] * 8 + ["wrong", "done"],
    "cards": CARDS,
    "places": [
        {"state": "done", "cloth": "lake", "sign": "people", "title": "People often left out", "words": "Done"},
        {
            "state": "here",
            "cloth": "madder",
            "sign": "lungs",
            "title": "Tuberculosis",
            "words": "1 of 6 done · you are here",
        },
        {"state": "locked", "cloth": "leaf", "sign": "net", "title": "Malaria", "words": "After Tuberculosis"},
        {
            "state": "withdrawn",
            "sign": "heart",
            "title": "Blood pressure, diabetes",
            "words": "Taken back: being mended",
        },
        {"state": "locked", "sign": "cert", "title": "Your certificate", "words": "when every step is done"},
    ],
    "units": [
        {"state": "done", "number": 1, "title": "What TB is", "words": "Done · 15 min"},
        {"state": "here", "number": 2, "title": "Screening at every contact", "words": "You are on card 4 of 6"},
        {"state": "open", "number": 3, "title": "Preventive treatment", "words": "10 min"},
        {"state": "locked", "sign": "quiz", "title": "Quiz", "words": "After lesson 4 · 10 questions"},
        {"state": "withdrawn", "number": 5, "title": "Support", "words": "Taken back: being mended"},
    ],
    "cup": ["By sharing cups"],
    "air": ["Through the air"],
    "options": OPTIONS,
    "several": [option | {"chosen": option["id"] in ("a1", "a2")} for option in OPTIONS],
    "prompts": [
        {
            "id": prompt,
            "text": text,
            "choices": [{"id": key, "text": word, "chosen": key == chosen} for key, word in CHOICES],
        }
        for prompt, text, chosen in [
            ("p1", "No symptoms, cannot infect others", "c1"),
            ("p2", "Cough, weight loss, may infect others", ""),
        ]
    ],
    "lines": [{"id": f"l{n}", "text": text, "place": n if n == 1 else None} for n, text in enumerate(LINES, 1)],
    "numbers": range(1, 4),
    "gap_parts": [
        {"text": "TB passes through the "},
        {"gap": "1", "words": [{"id": "w1", "text": "air", "chosen": True}, {"id": "w2", "text": "water"}]},
        {"text": " when someone "},
        {"gap": "2", "words": [{"id": "w3", "text": "coughs", "chosen": True}, {"id": "w4", "text": "eats"}]},
        {"text": "."},
    ],
    "steps": [
        {"id": "s1", "text": "Explains why everyone is asked", "critical": False, "mark": "yes"},
        {"id": "s2", "text": "Asks all four questions, one at a time", "critical": True, "mark": "yes"},
        {"id": "s3", "text": "Listens without alarm", "critical": False, "mark": "not_yet"},
        {"id": "s4", "text": "Refers the same day", "critical": True, "mark": ""},
        {"id": "s5", "text": "Offers to go with her", "critical": False, "mark": "na"},
    ],
    "people": [("bird", "madder", "Thandiwe"), ("drum", "leaf", "Grace"), ("tree", "lake", "Mercy")],
    "faces": ["bird", "drum", "tree", "calabash", "sun", "fish", "basket", "star"],
    "cloths": ["indigo", "madder", "leaf", "clay", "plum", "lake"],
    "panels": [(state, WHEN[state], FACTS if state not in ("not_found", "typing_error") else []) for state in STATES],
    "sources": ["WHO, TB guidelines, module 2: screening, 2021"],
    "read_again": [{"url": "#", "text": "Read again: lesson 3, card 4"}],
    "march": date(2026, 3, 1),
}
