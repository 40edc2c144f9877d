"""Who works at the archivist's desk: how they get in, with what proof, and where they are logged in."""
