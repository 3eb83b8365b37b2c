"""What staff see of this room in the Wagtail admin."""
