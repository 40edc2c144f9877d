"""A printing press for programmes of invented parties: one text in many designs, printed and read again.

`python -m tests.ingest.press` prints by Chromium, LibreOffice and a drawing library, reads what came out and
tells how much of the text came back: headings, whole sentences, their place, and what should have gone.
"""
