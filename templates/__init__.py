"""House styles: the Word templates that ship with dpa-gen, and the script that builds them."""
