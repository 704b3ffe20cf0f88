"""A service for tests of the chassis: copied as services/sample into a checkout of its own and run there.

Every handler first takes the shared advisory lock GATE, so that a test holds it up without a clock.
"""
