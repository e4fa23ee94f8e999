"""Front door for `python cli.py …` in a checkout; an installed package has the command `ecosystem`."""

from ecosystem.commands import main

if __name__ == "__main__":
    main()
