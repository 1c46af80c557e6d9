"""The benchmarks: ours against floors measured in the same run, printed as a table."""

import warnings

# Asked for by the tests' PostgreSQL on machines without a desktop; its other folder will do.
warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
