"""`kota simulate replay`: what would have happened under another policy, fleet or base plan?

recorded.py   calls as they were: from the API, or from a CSV with coordinates
ground.py     the city and the calls in the replay's terms      traces.py   a traced city, ready made
comparing.py  every policy on every plan, paired                showing.py, picture.py   what is seen of it
command.py    the command line
"""
