"""How much may be asked at once; imported by every surface, so nothing heavy stands here."""

LONGEST_QUESTION = 500  # characters; longer ones hold the embedder for seconds
MOST_TURNS = 20  # earlier questions of a conversation
