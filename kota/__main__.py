"""`python -m kota`: hands over to the command line."""

import sys

from chassis.supported import python_refusal
from kota.cli import app

if __name__ == "__main__":
    if unfit := python_refusal():
        sys.exit(unfit)
    app(prog_name="kota")
