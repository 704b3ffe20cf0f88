"""Set-up and operation."""
