"""The shipped clause library."""
