"""Surveys: who is asked, answers that nobody can lead back to them, and what may be told of the answers."""
