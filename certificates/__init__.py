"""Proof, and proof of the proof.

Owns: the permanent register of certificates with its chain of events, their erasable payloads, designs, policies, keys.
    award    from a finished enrolment to a stored file; withdrawing
    paper    what is drawn, in the looks of designs
    proof    codes, signatures, the square, status lists, uploaded files
    renewal  windows, reminders, the next cycle
    chain, keys, checks, bundles   the hash chain, the issuers' keys, many checked at once, many printed at once
May import lms.learning, curriculum, lms.people, lms.core; never assessments.
Offers: `services.award_certificate`, `award.revoking`, `verification.check` (the states in their order).
"""
