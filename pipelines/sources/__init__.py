"""One folder a source: source.yml, at most one parse.py, and what it ships."""
