"""What the end-to-end tests drive the binaries with."""
