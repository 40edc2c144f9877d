"""The pages, by what a visitor asks about."""
