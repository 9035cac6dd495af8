"""The command line: one module a command group; parses arguments, prints, and sets exit codes. No pipeline logic."""
