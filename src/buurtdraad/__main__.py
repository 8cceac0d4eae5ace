"""`python -m buurtdraad` is the console script."""

import sys

from buurtdraad.command import main

if __name__ == "__main__":
    sys.exit(main())
