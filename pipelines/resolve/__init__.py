"""Who is who: parties from names as written, judgements replayed."""
