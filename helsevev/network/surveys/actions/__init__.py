"""Every change of a survey: one transaction each."""
