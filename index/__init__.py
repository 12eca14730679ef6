"""The library database, and Chroma and BM25 built from it in generations."""
