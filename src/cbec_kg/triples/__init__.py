"""From rows to triples: names, labels, claims, observations."""
