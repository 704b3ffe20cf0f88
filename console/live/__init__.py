"""The gateway's feed for browsers: one open feed for all who may see the same, whatever their number.

upstream.py  the feed of the gateway, opened again after every loss
group.py     who shares it: what has changed, and lists that all of them see
hub.py       all groups of this process
browser.py   what a browser is told: that something changed, never what
"""
