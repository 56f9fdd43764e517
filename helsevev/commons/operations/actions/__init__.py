"""What operations do: make ready, serve, work, purge, back up and restore."""
