"""Comparing claims: pure functions over plain data, exact decimals."""
