"""The knowledge bank (kunnskapsbanken): pages, search and comments.

It takes what the network leaves on the shelf, and knows nothing of the rooms that left it there.
"""
