"""Raw: brings bytes in (files, folders, URLs, shipped sources) and keeps them in the archive. Reads no content."""
