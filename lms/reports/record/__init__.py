"""One person's page: everything about her in one place, and her time line."""
