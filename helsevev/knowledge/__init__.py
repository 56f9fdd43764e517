"""The knowledge bank (kunnskapsbanken): pages, search and comments will live here.

Empty until its first room has something in it. What the network leaves on the shelf is what it takes.
"""
