"""A graph on a server: addresses, credentials, one exchange, answers read whole, and the store that has them all."""
