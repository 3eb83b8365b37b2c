"""What can be learned. Knows no learner.

Owns: programmes, modules, units, lessons and their cards, facts, country values, glossary, reviews, withdrawals.
May import lms.core.
Offers: `UnitPage` (what can be completed), `queries`, `services`, `search`; the hooks `curriculum_page_slot` and
`describe_unit`.
"""
