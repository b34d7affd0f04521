#!/usr/bin/env python3
"""Writes what a release contains: sbom.cdx.json (CycloneDX 1.5) and NOTICE, the licenses of all packages.

    python3 scripts/sbom.py [FOLDER]    default: .build; needs the checkouts of a build

The list of packages is scripts/packages.txt, which the tests compare with what was resolved. The same list gives the same bytes.
"""

import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
CHECKOUTS = ROOT / ".build/checkouts"
SYSTEM = [
    ("sqlite3", "blessing", "https://sqlite.org"), ("zlib", "Zlib", "https://zlib.net"),
    ("libcurl", "curl", "https://curl.se"), ("glibc", "LGPL-2.1-or-later", "https://www.gnu.org/software/libc"),
]


def packages():
    for line in (ROOT / "scripts/packages.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            yield line.split()


def license_of(text):
    if "Apache License" in text:
        return "Apache-2.0"
    if "Permission is hereby granted, free of charge" in text:
        return "MIT"
    sys.exit("sbom: a license is neither Apache-2.0 nor MIT; name it here:\n" + text[:300])


def main():
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / ".build"
    version = re.search(r'version: "([^"]+)"', (ROOT / "Sources/AdvisorCLI/Advisor.swift").read_text()).group(1)
    components, notices = [], []
    for identity, number, revision, location in packages():
        name = location.rsplit("/", 1)[1].removesuffix(".git")
        checkout = CHECKOUTS / name
        texts = [path.read_text() for kind in ("LICENSE*", "NOTICE*") for path in sorted(checkout.glob(kind))]
        if not texts:
            sys.exit(f"sbom: no license in {checkout}; build first")
        purl = f"pkg:swift/{location.removeprefix('https://').removesuffix('.git')}@{number}"
        components.append({
            "type": "library", "bom-ref": purl, "name": identity, "version": number, "purl": purl,
            "licenses": [{"license": {"id": license_of(texts[0])}}],
            "externalReferences": [{"type": "vcs", "url": location, "comment": revision}],
        })
        notices.append(f"{'=' * 78}\n{identity} {number}\n{location}\n{'=' * 78}\n\n" + "\n".join(texts))
    for name, license, url in SYSTEM:
        components.append({
            "type": "library", "bom-ref": f"system:{name}", "name": name, "description": "the system's, linked dynamically",
            "licenses": [{"license": {"id": license}}], "externalReferences": [{"type": "website", "url": url}],
        })
    document = {
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": "advisor", "name": "advisor", "version": version}},
        "components": components,
        "dependencies": [{"ref": "advisor", "dependsOn": [component["bom-ref"] for component in components]}],
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sbom.cdx.json").write_text(json.dumps(document, indent=2) + "\n")
    head = "advisor contains the following packages. Each is under its own license.\n\n"
    (folder / "NOTICE").write_text(head + "\n\n".join(notices))
    print(f"sbom: {len(components)} components in {folder}/sbom.cdx.json, licenses in {folder}/NOTICE")


main()
