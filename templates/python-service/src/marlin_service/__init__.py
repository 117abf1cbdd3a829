"""Takes orders over HTTP and keeps each order number once."""
