"""The one door: authenticates, validates, limits, routes and streams. It owns no table and decides nothing.

table.py, routes/   every address is a row: method, path, request
app.py              the ASGI application             requests.py  bytes -> checked request
calling.py          to a service: direct.py straight to its door, rpc.py over AMQP where there is none
problems.py         refusals as RFC 9457 problem+json
security/           tokens, roles, scopes            limits.py    fair shares
feed/               server-sent live events          openapi/, docs.py  the description, offline
"""
