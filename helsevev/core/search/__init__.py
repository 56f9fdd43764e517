"""Search in Norwegian texts (søk): how words are read, what a query asks for, and which documents answer it best.

Plain Python over NumPy; no Django and no database. `lexicon` holds what is known of the language, `analysis` reads
words with it, `index` holds documents, `plan` turns a query into ways of answering it, `scoring` ranks, `likeness`
tells which documents are about the same. docs/adr/0012 says why, docs/benchmarks.md how well.
"""
