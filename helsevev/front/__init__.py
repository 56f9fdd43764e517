"""The front door (inngangen): home, menu, my page, and what joins the wings on one page."""
