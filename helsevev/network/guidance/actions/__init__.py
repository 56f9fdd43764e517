"""Every change in guidance: one transaction, the rules asked, a line in the trail, letters after it."""
