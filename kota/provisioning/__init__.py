"""Preparing servers that run already: the broker's users, rights and topology; a database and a role per service."""
