"""`kota simulate replay`."""
