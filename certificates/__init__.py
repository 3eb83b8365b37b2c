"""Proof, and proof of the proof.

Owns: the permanent register of certificates, their erasable payloads, policies, drawing, codes, verification.
May import lms.learning, curriculum, lms.people, lms.core; never assessments.
Offers: `services.award_certificate`, `services.revoke_certificate`, `verification.check` (the states in their order).
"""
