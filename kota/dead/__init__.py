"""Parked messages: look at them, send them back, or let them go."""
