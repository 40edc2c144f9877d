"""The archive for programs: every list and every thing its pages show, read-only, as JSON."""
