"""A test run: what its workers share, in which order they work, and what a person is told of a failure."""
