"""Support for micro, small and medium enterprises (UMKM) of Kota Tangerang.

Owns: households with social priority. Events in: education.waiver-granted.v1 (a means-tested waiver gives the
household priority in training). Events out: none yet. Answers: list_priority_households.
"""
