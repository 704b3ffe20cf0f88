"""Photos of products: taken in, made fit in a process of their own, shown."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta

from chassis import telemetry
from chassis.children import ChildFailed, Children, ChildrenBusy, ChildTooSlow
from chassis.storage import Storage
from chassis.timers import Timer
from chassis.work import Work
from contracts.files import Jpeg
from contracts.problems import InvalidRequest, NotFound, TimedOut, Unavailable, wrong_field
from contracts.umkm import AddPhoto, GetPhoto, ListingState, ListingView, RemovePhoto, TooManyPhotos
from contracts.umkm.requests.listings import MOST_PHOTOS

from .. import store
from ..domain.photo import Photo
from . import find, market_views
from .picturing import Pictured
from .timer_kinds import SWEEP_PHOTOS

log = telemetry.logger(__name__)
FOLDER, UPLOADS = "photos", "uploadedphotos"
SWEPT_AFTER, LEFT_OVER = timedelta(hours=1), timedelta(minutes=30)
_CHILDREN = Children("services.umkm.handlers.picturing", seconds=20.0, at_once=2, waiting=6)


def add_photo(work: Work, request: AddPhoto) -> ListingView:
    """The file is worked on before anything is locked. As it was sent it stays until the next sweep: this unit of work
    may be tried again."""
    storage = Storage.from_environment()
    find.listing(work, request.listing_id, lock=False)
    made = picture(_sent(storage, request.file.key))
    listing, business = find.listing(work, request.listing_id)
    listing.touch("add_photo")
    known = store.listing.photos(work, [listing.id]).get(listing.id, [])
    if len(known) >= MOST_PHOTOS:
        raise TooManyPhotos
    id = work.new_id()
    keys = [_keep(storage, content, f"{id} {size}") for size, content in (("l", made.large), ("s", made.small))]
    place = max((one.place for one in known), default=0) + 1
    store.listing.add_photo(work, Photo(id, listing.id, place, made.width, made.height, *keys))
    store.listing.put(work, listing, known=True)
    work.audit(listing.id, photo=str(id))
    _sweep_later(work)
    return market_views.listing(work, listing, business)


def remove_photo(work: Work, request: RemovePhoto) -> ListingView:
    """Its files are swept later."""
    listing, business = find.listing(work, request.listing_id)
    listing.touch("remove_photo")
    photo = store.listing.get_photo(work, request.photo_id)
    if photo is None or photo.listing_id != listing.id:
        raise NotFound(f"no photo {request.photo_id}", detail_id=f"tidak ada foto {request.photo_id}")
    store.listing.remove_photo(work, photo.id)
    store.listing.put(work, listing, known=True)
    work.audit(listing.id, removed=str(photo.id))
    _sweep_later(work)
    return market_views.listing(work, listing, business)


def get_photo(work: Work, query: GetPhoto) -> Jpeg:
    """Of a listing that shoppers see; of others for their owner and the office."""
    photo = store.listing.get_photo(work, query.photo_id)
    if photo is None or not _may_see(work, photo):
        raise NotFound(f"no photo {query.photo_id}", detail_id=f"tidak ada foto {query.photo_id}")
    try:
        with Storage.from_environment().reading(photo.key(query.size)) as file:
            return Jpeg(file_name=f"{photo.id}-{query.size}.jpg", content=file.read())
    except FileNotFoundError:
        raise NotFound(f"no photo {query.photo_id}", detail_id=f"tidak ada foto {query.photo_id}") from None


def sweep_due(work: Work, timer: Timer) -> None:
    """Files that nobody needs: as they were sent, of a photo that was removed, of a change that was never committed."""
    storage = Storage.from_environment()
    for folder in (FOLDER, UPLOADS):
        old = storage.left_over(folder, work.now, LEFT_OVER)
        used = store.listing.keys_in_use(work, old)
        for key in old:
            if key not in used:
                storage.discard(key)
    work.audit("photos", swept=True)


def picture(content: bytes) -> Pictured:
    """The photo in both sizes. Raises InvalidRequest for a file that is none, TimedOut if it takes too long, and
    Unavailable while many others wait: photos must not keep every worker from whoever wants a seat."""
    try:
        head, _, files = _CHILDREN.ask(content).partition(b"\n")
    except ChildrenBusy:
        raise Unavailable("many photos are being worked on", retry_after=3) from None
    except ChildTooSlow:
        raise TimedOut("the photo took too long", retry_after=5) from None
    except ChildFailed as error:
        log.warning("photo_not_decoded", reason=str(error), size=len(content))
        raise _refusal("damaged") from None
    told = json.loads(head)
    if told["fault"]:
        raise _refusal(told["fault"])
    large = files[: told["large"]]
    return Pictured("", told["width"], told["height"], large, files[told["large"] :])


def _sent(storage: Storage, key: str) -> bytes:
    try:
        if not key.startswith(f"{UPLOADS}/"):
            raise FileNotFoundError(key)
        with storage.reading(key) as file:
            content: bytes = file.read()
            return content
    except FileNotFoundError:
        raise wrong_field("file", "gone", "the file is not there any more", "send it again") from None


def _refusal(fault: str) -> InvalidRequest:
    if fault == "no_picture":
        return wrong_field("file", fault, "the file is no JPEG, PNG or WebP picture", "send a photo in one of these")
    if fault == "too_many_pixels":
        return wrong_field("file", fault, "the picture has 60 megapixels or more", "send a smaller one")
    if fault == "too_small":
        return wrong_field("file", fault, "the picture is less than 50 points wide or high", "send a larger one")
    return wrong_field("file", "damaged", "the picture is damaged", "open it, save it again, and send the new one")


def _sweep_later(work: Work) -> None:
    """Once for each hour in which something was sent: a clock that each photo moved on would never fire."""
    work.remind(SWEEP_PHOTOS, f"{work.now:%Y-%m-%dT%H}", work.now.replace(minute=0, second=0) + 2 * SWEPT_AFTER)


def _keep(storage: Storage, content: bytes, salt: str) -> str:
    key = f"{FOLDER}/{hashlib.sha256(salt.encode() + content).hexdigest()}"
    with storage.writing(key) as file:
        file.write(content)
    return key


def _may_see(work: Work, photo: Photo) -> bool:
    listing = store.listing.get(work, photo.listing_id, everybody=True)
    assert listing is not None, "a foreign key holds it"
    if listing.state is ListingState.PUBLISHED and store.catalogue.is_shown(work, listing.id):
        return True
    staff = work.actor.may("umkm:assess") or work.actor.may("umkm:sell")
    return staff and store.listing.get(work, photo.listing_id) is not None
