# fixture kasus
report a 2026-03-02
report b 2026-03-03
report c 2026-03-04
gabungkan b p-001 kasus_induk=case:a 2026-03-05
play 2026-03-05
# b is closed; whoever is merged into it supports a.
gabungkan c p-001 kasus_induk=case:b 2026-03-05
play 2026-03-05
# Not in a circle: all would be closed, and nobody would answer.
merge a p-001 to=c 2026-03-06
gabungkan a p-001 kasus_induk=case:c 2026-03-06
gabungkan a p-001 kasus_induk=case:b 2026-03-06
# Supporters go along.
report d 2026-03-06
gabungkan a p-001 kasus_induk=case:d 2026-03-06
play 2026-03-07
row a
row d
row b
row c
story c
