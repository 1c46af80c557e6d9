"""Figures to paper: one module for each printed document."""
