"""Comments (kommentarer): what readers say under pages and projects, looked at by those who moderate."""
