"""SMS and e-mail out: by template and language, through an outbox with retries and quiet hours.

Owns: message templates, the outbox, opt-outs, gateways.
May import lms.core. Knows addresses, not people: whom a message is about is an opaque key.
Offers: `services.send`, `kinds.Kind`, the hook `register_message_kinds`, the door for delivery reports.
"""
