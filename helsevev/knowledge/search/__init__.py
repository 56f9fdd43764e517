"""Search (søk): one box over everything that the house hands over to be found, and the editors' word lists."""
