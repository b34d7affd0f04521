"""Runs `advisor rules check` on random rule files, a thousand per folder: it must exit with 0 or 2 in time.

Usage: fuzz_rules.py COUNT SEED ADVISOR
"""

import concurrent.futures
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

BATCH = 1000
SEEDS = sorted(pathlib.Path("rules").glob("*.yaml"))
WORDS = [
    '"', "'", "{", "}", "[", "]", ":", "- ", "\n", "\n  ", "\n    ", "#", "&a ", "*a", "!!int ", "|", ">", ">=", "<", "==", "%", "$", "_x-1",
    "0x10", "1e999", "é", "운영", "\U0001f600", "\0", "\u2028", "\t", "~", "null", "-", "()", "(" * 70, "9" * 40, "rules:", "vars:", "id: ",
    "title: ", "applies_to: ", "database", "where: ", "when: ", "clear: ", "period: ", "for: ", "1d", "datapoints: ", "3 of 5",
    "missing: ", "ignore", "keep_firing_for: ", "severity: ", "recommend: ", "{ move_to: db.t4g.small }", "any_of: ", "summary: ", "{value}",
    "{", "cite: ", "unless_alarm: ", "avg(cpu)", "p99.9(", "cpu", "storage_used", "80%", "15GB", "500ms", "$50", "5_000", "100/s", "24h",
    "time_until(", "forecast(", "change(", "rate(", "month_end(", " and ", " or ", "not ", " in ", "tier", "funding.raised", "true", ",", "*", "/",
]
RULE = "rules:\n  - id: {id}\n    title: t\n    applies_to: database\n    when: {when}\n"


def noise(chance: random.Random) -> str:
    return "".join(chance.choice(WORDS) for _ in range(chance.randrange(40)))


def broken(text: str, chance: random.Random) -> str:
    for _ in range(chance.randrange(1, 5)):
        place = chance.randrange(len(text) + 1)
        end = min(len(text), place + chance.randrange(12))
        text = text[:place] + chance.choice(["", text[place:end] * 2, chance.choice(WORDS)]) + text[end:]
    return text


def characters(chance: random.Random) -> str:
    return "".join(chr(chance.choice([chance.randrange(32, 127), chance.randrange(0xD7FF)])) for _ in range(chance.randrange(60)))


def endless(chance: random.Random) -> str:
    """One piece repeated many times, to test the limits of the parser."""
    count = chance.choice([200, 2_000, 20_000])
    before, piece, after = chance.choice([
        ("", "avg(cpu) > 80% or ", "true"), ("", "(", ""), ("(" * 50, "avg(cpu) > 1% and (", ""), ("", "not ", "true"), ("", "-", "1"),
        ("avg(cpu)", " / avg(cpu)", " > 1"), ("tier in [", '"a", ', '"b"]'), ("", "avg(", "cpu"), ("change(" * 9, "x", ""), ("tier", ".a", ""),
        ("1", "0", " > avg(cpu)"), ("avg(cpu) > 1", "0", "%"), ("avg(cpu", ", 1h", ") > 1%"),
    ])
    when = (before + piece * count + after).replace("'", "''")
    if chance.randrange(3):
        return RULE.format(id="long", when=f"'{when}'")
    return chance.choice(["rules: [", "rules:\n", "vars: {", ""]) + chance.choice(WORDS) * min(count, 2_000)


def inputs(seed: int, files: list[str]):
    chance = random.Random(seed)
    for number in range(BATCH):
        kind = chance.randrange(4)
        if chance.randrange(250) == 0:
            yield endless(chance)
        elif kind == 0:
            yield noise(chance)
        elif kind == 1:
            yield broken(chance.choice(files), chance)
        elif kind == 2:
            yield characters(chance)
        else:
            # Quoted for YAML, so that the text reaches the expression parser.
            when = "".join(chance.choice(WORDS) for _ in range(chance.randrange(9))).replace("\n", " ").replace("\0", "").replace("'", "''")
            yield RULE.format(id=f"r{number}", when=f"'{when}'")


def run(seed: int, advisor: str, files: list[str]) -> str | None:
    folder = pathlib.Path(tempfile.mkdtemp(prefix="advisor-fuzz-"))
    for number, text in enumerate(inputs(seed, files)):
        (folder / f"{number:04}.yaml").write_bytes(text.encode("utf-8", "surrogatepass"))
    command = [advisor, "rules", "check", "--rules", str(folder)]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=300, env={**os.environ, "NO_COLOR": "1"})
    except subprocess.TimeoutExpired:
        return f"seed {seed}: timed out after 300 s: {folder}"
    if done.returncode in (0, 2):
        shutil.rmtree(folder)
        return None
    return f"seed {seed}: exit code {done.returncode}: {folder}\n{done.stderr.decode(errors='replace')[-2000:]}"


def main() -> int:
    count, seed, advisor = int(sys.argv[1]), int(sys.argv[2]), str(pathlib.Path(sys.argv[3]).resolve())
    files = [path.read_text(encoding="utf-8") for path in SEEDS]
    batches = -(-count // BATCH)
    found = []
    with concurrent.futures.ThreadPoolExecutor(max_workers=min(2, os.cpu_count() or 1)) as pool:
        for number, problem in enumerate(pool.map(lambda n: run(seed * 1_000_003 + n, advisor, files), range(batches)), 1):
            if problem:
                found.append(problem)
                print(problem, flush=True)
            if number % 50 == 0:
                print(f"{number * BATCH} inputs", file=sys.stderr, flush=True)
    print(f"{batches * BATCH} inputs, {len(found)} batches failed")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
