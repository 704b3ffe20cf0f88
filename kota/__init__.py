"""The operator's command line: starts, watches, fills and checks the whole suite on one machine."""
