"""Descriptions -> the record of processing activities (Article 30) with agreements, sub-processors and transfers."""
