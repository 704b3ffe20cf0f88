"""Words of the market: what shoppers type and what sellers write, brought together.

tokens.py     text to words                      forms.py      anyam, anyaman, menganyam
spelling.py   keripik, kripik                    nearest.py    typing errors
query.py      what a search looks for            roots.txt, same.txt   what the rules know
"""
