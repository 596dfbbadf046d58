"""A review -> what people and programs read: terminal, JSON, findings, a Word report, comments in the paper itself."""
