"""Rules of the education service: pure, no database, no broker."""
