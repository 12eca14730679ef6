"""A question in its conversation becomes an Answer with verified citations."""
