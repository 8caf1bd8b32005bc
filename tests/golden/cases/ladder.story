# fixture kasus
report a received=2026-03-02T09:00:00 2026-03-02T09:00:00
# Nobody looks at it: the ladder climbs, three working days, two more, two more, then the sekda.
play 2026-04-30
story a
row a
log
