"""Free hearse (mobil jenazah) of Kota Tangerang.

Owns: bookings. Events in: ambulance.patient-deceased.v1 (a confirmed death opens one draft booking).
Events out: hearse.booking-drafted.v1. Answers: get_booking, list_bookings.
"""
