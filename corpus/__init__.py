"""The material that ships with the product: decks, the term base, gold questions, and their readers."""
