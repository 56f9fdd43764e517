"""What a pilot can show, and whether it will get there (utprøving): exact intervals, detectable differences, forecast.

Nothing here knows of pages, people or the clock; everything is reckoned with the standard library and numpy.
"""
