"""The console: what the people at the desks see. A client of the gateway's public API like any other.

app.py      the application, put together         api/      the gateway, called with the user's own token
session/    logging in, the sealed cookie         live/     the gateway's feed, fanned out to browsers
parts/      what all desks use                    desks/    one folder per desk; a new desk is a folder
assets/     what browsers load of others' making  static/   what they load of ours
"""
