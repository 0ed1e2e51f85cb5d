"""Charts as Vega-Lite: of a series, of the rows of a saved query."""
