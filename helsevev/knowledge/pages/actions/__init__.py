"""Every change of pages, and of what readers see of them."""
