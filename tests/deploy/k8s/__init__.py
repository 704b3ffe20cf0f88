"""deploy/k8s: that it renders, that it is valid, and that it says what the code says."""
