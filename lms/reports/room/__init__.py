"""The trainer's room, on a phone at the site: her cohorts, who is how far, who is stuck, whom to watch."""
