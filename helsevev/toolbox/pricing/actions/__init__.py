"""Every change of price cases, population, agreements and settlements."""
