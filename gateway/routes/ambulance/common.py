"""What all rows of the ambulance service share."""

BASE = "/v1/ambulance"
POINT = {"type": "Point", "coordinates": [106.6405, -6.1888]}
