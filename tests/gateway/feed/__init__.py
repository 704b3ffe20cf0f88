"""The live feed over HTTP, fed by a real stream."""
