"""Tables for people, as .xlsx, .csv, .docx, .html, JSON and calendar; one shape, a module for each file."""
