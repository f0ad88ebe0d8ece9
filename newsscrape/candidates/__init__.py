"""What a page says, one file a source. Every source speaks; the resolvers in `fields/` decide."""
