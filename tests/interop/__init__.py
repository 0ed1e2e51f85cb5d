"""Real servers, fetched and started here, and the contract that every store keeps."""
