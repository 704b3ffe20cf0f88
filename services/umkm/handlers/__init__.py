"""One function per request, event or clock: load, decide, save, emit.

businesses.py, owners.py, registering.py    who has a business
households.py, owner_deaths.py              what other services tell
batches.py, giving.py, seats.py, clocks.py  trainings and bazaars, and who has a seat
attendance.py, finishing.py                 lists and results
certificates.py, printing.py                certificates, and what is printed
permits.py, listings.py, curation.py        products
scoresheets.py                              by what products and grants are scored
photos.py, picturing.py                     their photos, in a process of their own
shelf.py, shop.py                           what shoppers see
grants/                                     rounds of grants, applications, scores
capital/                                    groups that borrow, loans, the bank's files
reports.py                                  the year's figures
find.py, day.py, views.py, market_views.py  what a request names, and what is shown
"""
