"""The development issuer: an OpenID Connect provider for the laptop, with demo users. Never for production.

In production any OpenID Connect provider takes its place; nothing else changes.
"""
