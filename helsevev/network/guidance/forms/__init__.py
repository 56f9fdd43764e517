"""What comes in to guidance: hours, engagements, sessions."""
