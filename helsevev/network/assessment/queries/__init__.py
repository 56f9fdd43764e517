"""What is asked of the tables between the deadline and the award."""
