"""Loadpath's pipeline: raw, documents, claims, core, marts, graph, exports, and the command line."""
