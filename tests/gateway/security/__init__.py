"""Tokens, roles and limits, against the real development issuer over HTTP."""
