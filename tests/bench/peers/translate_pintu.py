#!/usr/bin/env python3
"""Writes the neutral rules workload of the peers' folder as Pintu definitions.

usage: translate_pintu.py WORK OUT 10,100,1000,10000     (WORK has facts.jsonl and rules_N.json)

OUT/N/      rules-00.rules ... (the rules in parts of 1,000: a rule file is bounded at 1 MiB), answers.tsv
OUT/N-mentions/   the same with `mentions` in place of `contains`
OUT/categories.txt, OUT/regions.txt   the names that facts and rules use, one a line
"""
import json
import os
import sys

PART = 1000
WORK, OUT = sys.argv[1], sys.argv[2]
SIZES = [int(n) for n in sys.argv[3].split(",")]


def condition(rule, keyword):
    regions = ", ".join(rule["regency"])
    where = f"wilayah in {{{regions}}}" if len(rule["regency"]) > 1 else f"wilayah in {regions}"
    words = " or ".join(keyword(word) for word in rule["keywords"])
    if len(rule["keywords"]) > 1:
        words = f"({words})"
    return (f"kategori = {rule['category']} and {where} and {words} "
            f"and (ada_foto or keparahan >= {rule['min_severity']}) "
            f"and penduduk > {rule['min_population']}")


def lexicon_name(word):
    return "l_" + word.replace(" ", "__")


def write(folder, data, mentions):
    os.makedirs(folder, exist_ok=True)
    keyword = ((lambda word: f"isi mentions {lexicon_name(word)}") if mentions else
               (lambda word: f'isi contains "{word}"'))
    rules, count = data["rules"], data["n"]
    for first in range(0, count, PART):
        last = min(first + PART, count)
        with open(f"{folder}/rules-{first // PART:02d}.rules", "w") as out:
            out.write("ruleset tujuan from 2024-01-01\nschema laporan\n\n")
            if mentions and first == 0:
                for word in sorted({word for rule in rules for word in rule["keywords"]}):
                    out.write(f'lexicon {lexicon_name(word)}\n  "{word}"\n\n')
            out.write(f"decide tujuan : 0..{count}  first\n")
            for rule in rules[first:last]:
                out.write(f"  rule r{rule['id']} when {condition(rule, keyword)} -> {rule['id']}\n")
            if last == count:
                out.write(f"  otherwise -> {count}\n")
    with open(f"{folder}/answers.tsv", "w") as out:
        for answer in rules + [data["default"]]:
            out.write(f"{answer['owner']},{answer['priority']},{answer['sla']}\n")


def names(key, rule_key):
    found = set()
    with open(f"{WORK}/facts.jsonl") as facts:
        found.update(json.loads(line)[key] for line in facts)
    for rule in json.load(open(f"{WORK}/rules_{max(SIZES)}.json"))["rules"]:
        value = rule[rule_key]
        found.update(value if isinstance(value, list) else [value])
    return sorted(found)


os.makedirs(OUT, exist_ok=True)
for file, name in (("categories", "category"), ("regions", "regency")):
    with open(f"{OUT}/{file}.txt", "w") as out:
        out.write("\n".join(names(name, name)) + "\n")
for size in SIZES:
    workload = json.load(open(f"{WORK}/rules_{size}.json"))
    write(f"{OUT}/{size}", workload, mentions=False)
    write(f"{OUT}/{size}-mentions", workload, mentions=True)
