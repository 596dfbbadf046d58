"""dpa-gen: data processing agreements under Article 28 GDPR, from a YAML description to a Word contract."""

__version__ = "0.1.0"
