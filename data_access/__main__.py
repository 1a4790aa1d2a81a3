"""``python -m data_access``: the command line."""

import signal
import sys

from data_access.cli import main

if hasattr(signal, "SIGPIPE"):
    # «… batches | head» ends quietly, as any other command does.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
sys.exit(main())
