"""`kota import`: master data from files, checked whole before the first row is sent to the public API."""
