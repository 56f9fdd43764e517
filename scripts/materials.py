"""Writes the bill of materials (CycloneDX) to build/bom.json: what the product is made of, with hashes."""

import json
import subprocess
import sys
from pathlib import Path

OUT = Path("build/bom.json")
LOCK = Path("requirements/base.lock")


def main() -> int:
    """Write it, and check that it names exactly what the lock names."""
    OUT.parent.mkdir(exist_ok=True)
    command = ["-m", "cyclonedx_py", "requirements", str(LOCK), "--output-format", "JSON", "--output-file", str(OUT)]
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"The bill of materials could not be written: {done.stderr.strip()[-300:]}")
        return 1
    named = {part["name"] for part in json.loads(OUT.read_text(encoding="utf-8"))["components"]}
    locked = {
        line.split("==")[0] for line in LOCK.read_text(encoding="utf-8").splitlines() if "==" in line and line[0] != " "
    }
    if named != locked:
        print(f"The bill and the lock disagree about: {', '.join(sorted(named ^ locked))}")
        return 1
    print(f"Bill of materials: {len(named)} packages in {OUT}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
