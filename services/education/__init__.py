"""Pupils of Kota Tangerang, and school-fee waivers.

Owns: schools, pupils with their enrolments, rosters; notices of deaths that may concern pupils or guardians.
Events in: hearse.death-recorded.v1, hearse.death-corrected.v1.
"""
