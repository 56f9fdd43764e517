"""Surveys worked out (spørreundersøkelser): what is asked, how answers fall, what must be hidden, and the years.

Pure: no database, no clock. Whatever is shown of a survey goes through `tallying.tally`, which hides before it tells.
"""
