"""The pages, drawn by Reflex."""
