"""Free hearse (mobil jenazah) of Kota Tangerang.

Owns        bookings, trips, vehicles, officers, burial places, who is taken when, papers, recorded deaths, alerts
Asked by    families through the super app, duty officers, crews, hospitals: `contracts.hearse.requests`
Events in   ambulance.patient-deceased (a confirmed death opens one draft booking), patient-deceased-retracted (it was a
            mistake: the booking is cancelled), body-transport-settled (others bring the body),
            facility-status-changed (where hospitals are), all v1
Events out  docs/events.md

Reading order: domain (rules) < store (tables) < handlers (one per request) < service (nameko).
"""
