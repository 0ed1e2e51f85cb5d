"""Processes that read a store and can be killed: nothing that a stranger asks runs in the process that must live."""
