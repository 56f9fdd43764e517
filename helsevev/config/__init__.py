"""The roof: settings, root addresses, wsgi and the command's dispatch. No logic of the domain."""
