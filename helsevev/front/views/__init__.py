"""The pages of the front door, and those that join several rooms."""
