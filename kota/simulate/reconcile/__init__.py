"""The account: what the simulator was told happened, against the API, the databases and the stream."""
