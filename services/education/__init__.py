"""School-fee waivers of Kota Tangerang.

Owns: notices of deaths that may concern pupils or guardians. Events in: hearse.death-recorded.v1,
hearse.death-corrected.v1.
Events out: none yet. Answers: list_death_notices.
"""
