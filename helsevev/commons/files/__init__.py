"""Files (filer): the product's one way in for uploads, and where they are kept."""
