"""Requests straight from the gateway to a service, over HTTP: no broker stands between a caller and the database.

wire.py        what is sent, and the signature that says who sent it       (gateway and service)
keys.py        the keys of a door, from the environment                   (gateway and service)
connection.py  one connection of the gateway: one request after the other  (service)
door.py        the port of a service, and what is answered there           (service)
unpublished.py committed events that the broker does not have yet          (service)

The same requests come over the broker, from any client of nameko's RPC; both end in `chassis.answering.answer`.
"""
