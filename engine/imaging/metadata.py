"""What a photo's file says about when, where and with what it was taken."""

from dataclasses import dataclass

from engine.imaging.decode import DecodedPhoto
from engine.imaging.exif import Tag, Tags
from engine.imaging.kind import PhotoKind, tell_kind
from engine.imaging.places import nearest_place


@dataclass(frozen=True, slots=True)
class PhotoFacts:
    """Facts of one photo, all of them fit for JSON; None where the file does not say.

    `taken_at` is local time where the photo was taken, `YYYY-MM-DDTHH:MM:SS`; `taken_offset` is its distance from UTC,
    `+02:00`. The size is that of the whole photo as it is seen, oriented.
    """

    format: str
    width_px: int
    height_px: int
    taken_at: str | None
    taken_offset: str | None
    camera: str | None
    lens: str | None
    f_number: float | None
    exposure_s: float | None
    iso: int | None
    focal_length_mm: float | None
    latitude: float | None
    longitude: float | None
    altitude_m: float | None
    city: str | None
    district: str | None
    region: str | None
    country: str | None
    kind: PhotoKind | None
    warning: str | None


def read_facts(photo: DecodedPhoto, name: str) -> PhotoFacts:
    """Collect the facts of a decoded photo whose file is called `name`."""
    tags = photo.tags
    taken_at, taken_offset = tags.taken()
    iso = tags.positive(Tag.ISO)
    latitude, longitude = tags.position() or (None, None)
    place = None if latitude is None or longitude is None else nearest_place(latitude, longitude)
    return PhotoFacts(
        format=photo.format.value,
        width_px=photo.width_px,
        height_px=photo.height_px,
        taken_at=taken_at,
        taken_offset=taken_offset,
        camera=_camera(tags),
        lens=tags.text(Tag.LENS_MODEL),
        f_number=tags.positive(Tag.F_NUMBER),
        exposure_s=tags.positive(Tag.EXPOSURE_TIME),
        iso=None if iso is None else round(iso),
        focal_length_mm=tags.positive(Tag.FOCAL_LENGTH),
        latitude=latitude,
        longitude=longitude,
        altitude_m=None if latitude is None else tags.altitude_m(),
        city=place.city if place else None,
        district=place.district if place else None,
        region=place.region if place else None,
        country=place.country if place else None,
        kind=tell_kind(name, tags, photo.info, photo.width_px / photo.height_px),
        warning=photo.warning,
    )


def _camera(tags: Tags) -> str | None:
    """Join make and model as people say them: "NIKON CORPORATION" and "NIKON D750" are a "NIKON D750"."""
    make, model = tags.text(Tag.MAKE), tags.text(Tag.MODEL)
    if make is None or model is None:
        return model or make
    repeated = model.lower().startswith(make.split()[0].lower())
    return model if repeated else f"{make} {model}"
