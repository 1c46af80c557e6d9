"""Where the ways in are joined together."""

from flask import Blueprint

door = Blueprint("door", __name__)
