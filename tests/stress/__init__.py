"""Long fault tests: every process at every point, and restarts of both engines, during a simulated day."""
