"""The demo: a hotel kitchen as its manager keeps it. Names are invented."""

from importlib.resources import files


def demo_files() -> dict[str, bytes]:
    """Return the files of the demo kitchen, ready to import."""
    folder = files("shiftapp.importing") / "hotel_kitchen"
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.name.endswith(".csv")}
