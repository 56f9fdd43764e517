"""What readers and editors ask for."""
