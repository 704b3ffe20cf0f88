"""The dispatch method, and the replay that measures it."""
