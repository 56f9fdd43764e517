"""The toolbox (verktøykassen): pathways, benefits, price and staffing, and mini-HTA will live here.

Empty until its first room has something in it.
"""
