"""What the gateway's tests stand on: an issuer, a responder, a gateway process, a broker connection that can be cut."""
