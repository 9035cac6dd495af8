"""Documents: bytes to canonical text, blocks with frames, and metadata. Knows nothing of companies or claims."""
