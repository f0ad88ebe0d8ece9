"""What starts rounds of a plan: an operating system, by units for systemd or a line for cron, or a process that stays.

::

    Round                     a plan, the command that does a round of it, how often, what it writes to
    ├── systemd.files(round)  a service and a timer, by name; text only, nothing is installed
    └── cron.files(round)     a crontab's line
    Clock                     calls again and again, at the moments that the calls name
    Child                     a round in a process of its own
"""

from newsscrape.schedule.round import Round

__all__ = ["Round"]
