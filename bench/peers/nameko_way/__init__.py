"""Peer a: the way of the public nameko examples (HTTP gateway, RPC, event dispatched after the commit)."""
