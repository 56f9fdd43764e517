"""The form engine (skjema): published forms, the sheets people fill in together, and what was bound."""
