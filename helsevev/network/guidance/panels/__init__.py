"""What the front door may show of guidance."""
