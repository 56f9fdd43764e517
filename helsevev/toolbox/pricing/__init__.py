"""Service prices (tjenestepriser): what a shared follow-up centre costs, what each pays, and how many nurses."""
