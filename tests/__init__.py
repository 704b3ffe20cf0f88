"""Tests of the whole suite, one folder per component."""
