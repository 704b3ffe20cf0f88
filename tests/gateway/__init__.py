"""The gateway over real HTTP, with a real broker and a responder that speaks the wire format."""
