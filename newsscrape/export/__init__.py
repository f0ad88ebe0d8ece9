"""Where records go: files of JSON lines."""
