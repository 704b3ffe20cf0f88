"""Journeys of people through the whole suite, and the faults that it must survive."""
