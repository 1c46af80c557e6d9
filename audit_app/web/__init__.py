"""Screens: one package for each journey."""
