"""A hash chain over what happened to certificates: an event that is changed, taken out or put in is found and named."""
