"""Judging papers again after a wrong key: the reckoning (pure), who is affected, who may. A service does it."""
