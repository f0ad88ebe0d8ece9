"""One resolver a field: which candidate wins, in which order of trust, and why."""
