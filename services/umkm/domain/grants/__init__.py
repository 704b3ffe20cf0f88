"""Grants: a round with its rule, applications for it, and the order in which scores put them."""
