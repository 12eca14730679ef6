"""One composer a kind of answer: each turns an inquiry into a draft, or returns None where it has nothing to say."""
