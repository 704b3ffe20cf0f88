"""Who is at the desk. Tokens are sealed in a cookie that only this server can open; nothing is kept on disk.

sealing.py   text that only we can read    cookies.py   the cookie, in pieces if it is long
session.py   who, until when, may do what  door.py      the session of a request
log_in.py    the code flow with PKCE       provider.py  the log-in server
renewing.py  a new token before the old one ends
"""
