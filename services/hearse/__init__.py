"""Free hearse (mobil jenazah) of Kota Tangerang.

Owns: bookings, trips, vehicles, officers, burial places, and who of them is taken when. Events in:
ambulance.patient-deceased.v1 (a confirmed death opens one draft booking), ambulance.patient-deceased-retracted.v1 (it
was a mistake: the booking is cancelled). Events out and requests: contracts/hearse/, docs/events.md.
"""
