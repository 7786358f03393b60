"""The rules of blocks: one construct a file. The ordered table that calls them stands in `reading/blocks.py`."""
