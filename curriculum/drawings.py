"""The site’s own drawings: what each shows to who cannot see it. Each is templates/curriculum/drawings/<name>.svg."""

from django.utils.translation import gettext_lazy as _

DRAWINGS = {
    "how-hiv-passes": _(
        "Three ways HIV passes: a couple without a condom, a syringe that two people "
        "share, and a mother to her baby in pregnancy and at the breast"
    ),
    "how-hiv-does-not-pass": _(
        "Five things with a green tick because HIV does not pass: a hug, "
        "a handshake, a shared bowl, a toilet, a mosquito"
    ),
    "undetectable": _(
        "Tablets lead to a drop of blood with so little virus that the lens "
        "finds none, and then to a couple with a heart and a tick"
    ),
    "pill-a-day": _(
        "A clock, a tablet with a glass of water, and below them seven days, each with its tablet and a tick"
    ),
    "test-calendar": _(
        "A line from a newborn to a small child with three tests: a drop of blood early, another while "
        "she breastfeeds, and the last test after the pink band of breastfeeding has ended"
    ),
    "baby-medicine": _(
        "One hand holds the baby upright, the other puts a syringe without a needle inside the baby’s cheek"
    ),
    "baby-results": _(
        "Three babies with their results: a plus with a tablet and a second drop, a minus with "
        "an arrow to the next drop, and a question mark with a drop to take again"
    ),
    "four-tb-questions": _(
        "Four pictures: a woman coughs, a man is hot with fever, someone "
        "sweats in bed at night, and someone becomes thin"
    ),
    "open-window": _(
        "Fresh air flows in through an open window to a woman who sits beside it and coughs into her elbow"
    ),
    "bed-net": _(
        "At night a mother and a child sleep in a bed under a net tucked under the mattress; the mosquito stays outside"
    ),
    "rdt-steps": _(
        "Six steps of a malaria test: glove, prick in the finger, lancet into the sharps "
        "box, blood and buffer on the test, clock, and the lines to read"
    ),
    "bp-posture": _(
        "A woman sits with her back against the chair and her feet flat, her "
        "bare arm on a table, the cuff as high as her heart"
    ),
    "pregnancy-danger-signs": _(
        "A pregnant woman and six signs around her: headache with blurred "
        "sight, fits, fever, hard breathing, belly pain, bleeding"
    ),
    "newborn-danger-signs": _(
        "A newborn and six signs around: does not feed, fits, chest pulls in, too "
        "hot or too cold, moves only when touched, yellow palm and sole"
    ),
    "child-danger-signs": _(
        "A mother holds a sick child, with four signs around: cannot drink, vomits everything, has fits, is very sleepy"
    ),
    "muac-band": _(
        "A band around the middle of a child’s upper arm shows green; beside it the three "
        "colours: red with two marks, yellow with one, green with a tick"
    ),
    "feeding-position": _(
        "A mother sits and holds her baby close at the breast, straight, "
        "turned to her, and supported along the whole body"
    ),
    "good-attachment": _(
        "A baby’s mouth is wide open around the breast, lower lip turned out, "
        "chin touching, more dark skin above the mouth than below"
    ),
    "first-foods": _(
        "A small child sits with a spoon beside a bowl of many foods: porridge, greens, beans, egg, fruit"
    ),
    "vaccine-card": _(
        "A child’s open health card: weight along a rising line, three "
        "vaccines with a tick, and a calendar for the next date"
    ),
    "play-together": _(
        "A woman and a small child sit on a mat, roll a ball to each other, and have a cup to play with"
    ),
    "family-planning": _(
        "A woman sits before five methods (pills, injection, condom, implant, IUD) and puts her own finger on one"
    ),
    "hpv-self-test": _(
        "A woman stands alone behind a curtain; beside it the soft brush and the tube for the sample she takes herself"
    ),
    "private-talk": _("Two women sit on chairs turned to each other in front of a closed door, and one of them speaks"),
    "listening": _("One woman speaks; the other is turned to her, hands open, and listens"),
    "five-steps": _("A woman stands on the first of five stones, numbered 1 to 5, that lead across water to a flag"),
    "lives": _(
        "Five raised hands, numbered 1 to 5, with a sign in each palm: an ear, "
        "a question mark, a heart, a shield, and a chain link"
    ),
    "register": _(
        "A page of a register: one entry crossed out with a single line, "
        "the right one beside it, then initials and a date"
    ),
    "locked-phone": _("A phone with a lock and four dots of a PIN, beside a locked cupboard full of files"),
    "referral-loop": _(
        "A woman and a girl between a home and a clinic, one arrow going "
        "there, one coming back, and a tick over the home"
    ),
    "welcome-back": _("A woman in an open door holds out her hand to another who comes back with her bag"),
    "who-to-tell": _(
        "A woman and three circles around her: inside, someone she tells first, with a tick; "
        "then people for later, with a clock; outside, people not now, with a lock"
    ),
    "calm-breathing": _(
        "A woman sits on a mat with one hand on her belly and one on her chest and breathes out slowly"
    ),
    "safe-visit": _(
        "On the path between two houses a woman phones a colleague who sits at "
        "the window; the door of the house she visits is open"
    ),
    "reach-everyone": _(
        "Around an open door: a woman in a headscarf, a man, a girl, an old man with a "
        "stick, a young woman in a wheelchair, and one who welcomes them"
    ),
}
