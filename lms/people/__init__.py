"""Who and where: users, sites, partners, postings, sign-in.

Owns: User, Site, Partner, Posting, one-time codes, PINs, the devices people signed in on.
May import lms.core (and lms.messaging, when there is one).
Offers: `permissions` (who may see whom), `services` (make, post, reset), slips, `request.country`,
the hook `role_permissions`.
"""
