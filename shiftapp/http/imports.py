"""Taking the files of an import: the four CSV files, or a zip of their folder."""

import io
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import Annotated, Final

from fastapi import APIRouter, Depends, File, Request, UploadFile
from starlette.responses import RedirectResponse, Response

from shiftapp.domain.permission import Action
from shiftapp.domain.visitor import Language
from shiftapp.http.callers import refuse_other_sites, refuse_without_right, visitor_of
from shiftapp.http.limits import MOST
from shiftapp.importing.demo import demo_files
from shiftapp.services import uploads

MOST_FILES: Final = 64
router = APIRouter(prefix="/imports", tags=["import"], dependencies=[Depends(refuse_other_sites)])


class _Unreadable(Exception):
    """A zip that is damaged, locked or larger than it pretends."""


@router.post("/files", status_code=303, summary="Send the files of an import")
async def take(request: Request, files: Annotated[list[UploadFile], File()]) -> Response:
    """Keep the files until the import is confirmed or they are fifteen minutes old; go to the page that checks them."""
    who = await visitor_of(request)
    if who is None:
        return RedirectResponse("/login?next=/import", status_code=303)
    await refuse_without_right(request, who, Action.IMPORT, "Your role has no right to import.")
    found: dict[str, bytes] = {}
    for file in files[:MOST_FILES]:
        name, content = PurePosixPath((file.filename or "").replace("\\", "/")).name, await file.read()
        try:
            left = MOST - sum(map(len, found.values()))
            found |= unpacked(content, left) if name.lower().endswith(".zip") else {name: content} if name else {}
        except _Unreadable:
            found[name] = b""
    await uploads.keep(who, found)
    return RedirectResponse("/import", status_code=303)


@router.get("/example", summary="Download files that an import takes, as an example of their form")
async def example(language: Language = "ja") -> Response:
    """Return the demo kitchen's files as a zip of their folder."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in demo_files(language).items():
            archive.writestr(f"shiftapp-example/{name}", content)
    named = {"content-disposition": 'attachment; filename="shiftapp-example.zip"'}
    return Response(packed.getvalue(), media_type="application/zip", headers=named)


def unpacked(content: bytes, left: int = MOST) -> dict[str, bytes]:
    """Return the files of a zip by name, folders left out; together at most ``left`` bytes, however well they pack."""
    found: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.infolist()[:MOST_FILES]:
                name = PurePosixPath(entry.filename).name
                if entry.is_dir() or not name or name.startswith(".") or entry.filename.startswith("__MACOSX/"):
                    continue
                with archive.open(entry) as packed:
                    found[name] = packed.read(left + 1)
                left -= len(found[name])
                if left < 0:
                    raise _Unreadable
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError) as damaged:
        raise _Unreadable from damaged
    return found
