"""Who gets a waiver: rules are data, the inputs of a judgement are kept with it, and judging reads nothing else.

inputs.py     what is known of a pupil at one moment
rules.py      one version of a programme's rules
judging.py    rules and inputs → what the rules say, and why
reasons.py    the reasons in words, with what would help
"""
