"""Claims of one document: a pure function of document, registry, ontology and extractor version."""
