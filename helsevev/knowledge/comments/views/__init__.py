"""What readers, commenters and moderators see."""
