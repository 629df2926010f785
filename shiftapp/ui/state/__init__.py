"""One State class a concern, so that a change draws only what shows it."""
