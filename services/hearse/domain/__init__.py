"""The rules of the burial unit. Pure: no database, no broker, no clock but the one passed in.

booking.py     from request to farewell         death.py        drafts for confirmed deaths, deaths told twice
trip.py        vehicle, officers, times         journey.py      how long the parts of a trip take
slots.py       the next times that are free     absences.py     who is taken when, what the city keeps back
duty.py        officers and their shifts        vehicle.py      vehicles
burial.py      places, hours, capacity          block.py        maintenance, leave
choice.py      a time somebody chose, checked   replanning.py   trips that lose their vehicle or an officer
overrun.py     trips that take longer           alert.py        what somebody must look at
document.py    papers                           death_record.py the death that a letter proves
complaint.py   what families say
place.py       where from, where to             people.py       who asked, who died
window.py      from when until when             configuration.py   what the city decides
said.py        what people say, as it counts    refusals.py     refusals in the same words everywhere
"""
