"""What is written for others to open: the map page, and the data beside it."""
