"""Free hearse (mobil jenazah) of Kota Tangerang.

Owns: bookings. Events in: ambulance.patient-deceased.v1 (a confirmed death opens one draft booking),
ambulance.patient-deceased-retracted.v1 (it was a mistake: the booking is cancelled).
Events out: hearse.booking-drafted.v1, hearse.booking-cancelled.v1. Answers: get_booking, list_bookings.
"""
