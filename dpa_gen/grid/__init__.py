"""Tables as people keep them in a spreadsheet: one row a counterparty, in and out."""
