"""A small made-up city, so that a new installation has units to dispatch and hospitals to drive to."""
