"""The platform: who learns, where, how far, and what the site around the curriculum needs."""
