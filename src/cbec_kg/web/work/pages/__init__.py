"""What pages tell, as plain data."""
