"""Demo (prøvemodus): invented people to sign in as; loaded in demo mode alone."""
