"""Alerts by promtool; dashboards and rules against the metrics of a running suite."""
