"""The market model (ontology, registry, judgements) and what reads it; never imports ``pipelines``."""
