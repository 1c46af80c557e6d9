"""The Section 11 self-assessment and audit service."""
