"""Tests of the dispatch rules: no database, no broker."""
