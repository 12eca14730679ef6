"""A file becomes a Deck: slides, blocks with exact offsets, facts, relations and passages."""
