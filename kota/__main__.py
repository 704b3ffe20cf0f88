"""`python -m kota`: hands over to the command line."""

from kota.cli import app

if __name__ == "__main__":
    app(prog_name="kota")
