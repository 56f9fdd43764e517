"""Asks the advisory services whether a dependency has a known weakness.

Three answers, kept apart: a weakness was found (fails), none was found among the packages that were looked up, or
a package was not audited, because no service answered or it could not be looked up (named, and doesn't fail).
"""

import json
import subprocess
import sys
from pathlib import Path

LOCKS = {"Python": Path("requirements/base.lock"), "front end": Path("frontend/package-lock.json")}


def python_packages() -> tuple[list[str], list[str], list[str]]:
    """Names that are weak, not audited, and looked up without a find."""
    every = sorted(
        line.split("==")[0]
        for line in LOCKS["Python"].read_text("utf-8").splitlines()
        if "==" in line and line[0] != " "
    )
    command = [
        "-m",
        "pip_audit",
        "-r",
        str(LOCKS["Python"]),
        "--disable-pip",
        "--require-hashes",
        "-f",
        "json",
        "--timeout",
        "15",
    ]
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False)
    try:
        answers = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        return [], every, []
    weak = [f"{a['name']} {a['version']}: {', '.join(v['id'] for v in a['vulns'])}" for a in answers if a.get("vulns")]
    asked = {a["name"] for a in answers if "skip_reason" not in a}
    return weak, sorted(set(every) - asked), sorted(asked)


def npm_packages() -> tuple[list[str], list[str], list[str]]:
    """The same for what the browser gets."""
    packages = json.loads(LOCKS["front end"].read_text("utf-8"))["packages"]
    every = sorted(
        name.removeprefix("node_modules/") for name, about in packages.items() if name and not about.get("dev")
    )
    done = subprocess.run(
        ["npm", "audit", "--json", "--omit=dev"], cwd="frontend", capture_output=True, text=True, check=False
    )
    try:
        answer = json.loads(done.stdout)
        weak = sorted(answer["vulnerabilities"])
    except (ValueError, KeyError):
        return [], every, []
    return weak, [], every


def main() -> int:
    """Say what is known of each package."""
    failed = False
    for what, ask in (("Python", python_packages), ("front end", npm_packages)):
        weak, silent, asked = ask()
        if asked:
            print(f"{what}: {len(asked)} packages looked up, {len(weak)} with a known weakness.")
        for line in weak:
            print(f"  WEAK: {line}")
        if silent:
            print(f"{what}: not audited ({len(silent)}), as no advisory service answered for: {', '.join(silent)}")
        failed = failed or bool(weak)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
