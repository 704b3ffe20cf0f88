"""Rules of the MSME office; no input or output."""
