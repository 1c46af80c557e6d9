"""The door for the web server and for `flask`: the app, made from the environment."""

import os
import sys

from audit_app.app import create_app
from audit_app.config import ConfigIsWrong, read_config

try:
    app = create_app(read_config(os.environ))
except ConfigIsWrong as wrong:
    sys.exit(str(wrong))
