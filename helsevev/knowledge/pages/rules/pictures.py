"""In which sizes pictures are shown. Pure."""

WIDTHS = (480, 960, 1440)


def height_at(width: int, of_width: int, of_height: int) -> int:
    """How high a picture is when it is so wide."""
    return max(1, round(width * of_height / max(of_width, 1)))
