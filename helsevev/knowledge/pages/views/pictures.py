"""Pictures in the sizes that pages ask for, made when first asked for."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from helsevev.knowledge.pages.models import Picture, PictureRendition
from helsevev.knowledge.pages.rules.pictures import WIDTHS


@require_safe
@cache_control(public=True, max_age=86_400)
def picture(request: HttpRequest, key: UUID, width: int) -> HttpResponseBase:
    """A picture, by a key that can't be guessed; nobody can ask for other sizes than ours."""
    found = Picture.objects.filter(file__startswith=f"{key}.").first()
    if found is None or width not in WIDTHS:
        raise Http404
    made = _rendition(found, width)
    response = FileResponse(made.file.open("rb"), content_type=f"image/{made.file.name.rsplit('.', 1)[-1]}")
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _rendition(found: Picture, width: int) -> PictureRendition:
    """The smaller picture; made anew where its bytes are gone, since no backup holds them."""
    spec = f"width-{width}|jpegquality-82|format-jpeg"
    made: PictureRendition = found.get_rendition(spec)
    if not made.file.storage.exists(made.file.name):
        made.delete()
        made = found.get_rendition(spec)
    return made
