"""Names of the benchmarks and of what each of them measures, without importing any.

>>> sorted(BENCHMARKS)
['binding', 'crash', 'extract', 'ingest', 'queries', 'reconcile', 'search', 'serve']
>>> list(PARTS)[:3]
['speed', 'cold-start', 'growth']
"""

__all__ = ["BENCHMARKS", "PARTS"]

BENCHMARKS: dict[str, str] = {
    "extract": "Reading articles: speed, growth with size, memory, determinism, quality, ledger.",
    "ingest": "Taking one article in and forgetting one, in stores of more and more articles.",
    "reconcile": "Comparing figures anew for one article more and one less, among more and more articles.",
    "queries": "Every saved query, cold and warm, beside a query that asks nothing; growth with the graph.",
    "binding": "Hostile values for every parameter of every saved query: refused, or proved to be a value.",
    "search": "Finding things by name: speed, growth with the number of names, memory, the whole command.",
    "serve": "The server beside another on the same store: answers a second, median and p99.",
    "crash": "Processes killed while they change a store: what they leave, and what the next run makes of it.",
}
"""One line for each benchmark."""

PARTS: dict[str, str] = {
    "speed": "MB and articles a second of one core, and how often a plain reading fits into that time.",
    "cold-start": "A fresh process until it has read its first article, beside one that does nothing.",
    "growth": "Cost of twice, four and eight times the text, in one article and in as many articles.",
    "memory": "Peak memory of a process that reads a small, a larger and a large file.",
    "determinism": "The same bytes whatever the hash seed, the number of processes and the order of the articles.",
    "quality": "F1 against gold, article by article, and without each article in turn.",
    "ledger": "Numerals by status and language.",
}
"""What the benchmark of extraction measures, in the order of its report."""
