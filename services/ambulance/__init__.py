"""The ambulance service: from a call, a tap or a relayed message to a patient who is cared for.

Owns        contacts (every call), incidents with their patients, assignments, units, facilities, areas, alerts,
            the configuration (targets, clocks, limits, siaga mode).
Asked by    operators at 112 / 119, crews, citizens through the super app: `contracts.ambulance.requests`.
Events in   hearse.vehicle-unavailable: a body needs another way. An emergency waits for nobody
            (`contracts.ambulance.SUBSCRIBES`).
Events out  ambulance.contact-recorded, contact-disposed, incident-opened, incident-triaged, unit-dispatched,
            assignment-progressed, milestone-corrected, assignment-ended, patient-added, patient-triaged,
            patient-assigned, facility-refused, incident-closed, incident-reopened, patient-deceased,
            patient-deceased-retracted, body-transport-needed, body-transport-settled, alert-raised, alert-resolved,
            and the snapshots unit-status-changed and facility-status-changed (all v1).

Reading order: domain (rules) < store (tables) < handlers (one per request) < service (nameko).
"""
