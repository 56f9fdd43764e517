"""The ground floor: what every wing stands on (shelf, finding, initiatives, people, mail, audit, look)."""
