"""Checks of what is in deploy/k8s, as far as they go without a cluster: `python -m deploy.checks`."""
