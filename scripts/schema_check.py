"""Checks that the schemas written by the binary accept the bundled files and reject the broken ones.

Usage: schema_check.py ADVISOR
"""

import importlib.metadata
import json
import pathlib
import subprocess
import sys
import tempfile

import jsonschema
import yaml


class Loader(yaml.SafeLoader):
    """YAML as editors read it: times are text, and only true and false are booleans."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", __import__("re").compile("^(true|false)$"), list("tf"))


def main() -> int:
    advisor = str(pathlib.Path(sys.argv[1]).resolve())
    validators = {}
    for kind in ("rule", "scenario", "stack"):
        schema = json.loads(subprocess.run([advisor, "rules", "schema", kind], check=True, capture_output=True).stdout)
        jsonschema.Draft202012Validator.check_schema(schema)
        validators[kind] = jsonschema.Draft202012Validator(schema)
    broken = 0

    def errors(kind: str, path: pathlib.Path) -> list[str]:
        value = yaml.load(path.read_text(encoding="utf-8"), Loader)
        return [f"{path}: {'/'.join(map(str, found.absolute_path))}: {found.message[:200]}" for found in validators[kind].iter_errors(value)]

    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([advisor, "init"], cwd=folder, check=True, capture_output=True)
        good = [("rule", path) for path in sorted(pathlib.Path("rules").glob("*.yaml"))]
        good += [("scenario", path) for path in sorted(pathlib.Path("rules/tests").glob("*.yaml"))]
        good += [("stack", pathlib.Path("data/samples/advisor.yaml")), ("stack", pathlib.Path(folder) / "advisor.yaml")]
        good += [(path.name.split("-")[0], path) for path in sorted(pathlib.Path("Tests/Schema/good").glob("*.yaml"))]
        for kind, path in good:
            for error in errors(kind, path):
                broken += 1
                print(error)
    bad = sorted(pathlib.Path("Tests/Schema/bad").glob("*.yaml"))
    for path in bad:
        if not errors(path.name.split("-")[0], path):
            broken += 1
            print(f"{path}: is invalid, but the schema accepts it")
    print(f"jsonschema {importlib.metadata.version('jsonschema')}: {len(good)} valid and {len(bad)} invalid files checked, {broken} unexpected results")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
