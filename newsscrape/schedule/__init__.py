"""How an operating system starts rounds of a plan: units for systemd, a line for cron. Text only, nothing is installed.

::

    Round                     a plan, the command that does a round of it, how often, what it writes to
    ├── systemd.files(round)  a service and a timer, by name
    └── cron.files(round)     a crontab's line
"""

from newsscrape.schedule.round import Round

__all__ = ["Round"]
