"""Support for micro, small and medium enterprises (UMKM) of Kota Tangerang.

Owns: owners, businesses with permits, batches of training and bazaars with their seats and attendance, certificates;
products with photos and curation, and what shoppers see of them; households with social priority, deaths of owners
with the tasks that come of them. Events in: education.waiver-granted.v1 and education.waiver-ended.v1,
hearse.death-recorded.v1 and hearse.death-corrected.v1.
"""
