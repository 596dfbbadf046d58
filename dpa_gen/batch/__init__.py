"""Many descriptions at once: what changed is found, shared out over processes, put in place and remembered."""
