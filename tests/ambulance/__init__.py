"""Tests of the ambulance service."""
