"""Operations (drift): serve, check, back up, restore and keep no longer than stated."""
