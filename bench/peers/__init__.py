"""Other ways of doing the same work, written as their own communities write them."""
