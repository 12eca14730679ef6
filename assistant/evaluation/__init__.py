"""Measures answers against gold questions, and retrieval against BEIR data sets."""
