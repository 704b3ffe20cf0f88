"""Support for micro, small and medium enterprises (UMKM) of Kota Tangerang.

Owns: households with social priority, marks of deaths. Events in: education.waiver-granted.v1 (a means-tested waiver
gives the household priority in training), hearse.death-recorded.v1 and hearse.death-corrected.v1 (a mark that an owner
may have died). Events out: none yet. Answers: list_priority_households, list_owner_deaths.
"""
