"""The city services: one folder each, independent of one another; they meet only through events."""
