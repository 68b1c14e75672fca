"""Tell which files of a commit count: lock files, vendored and minified files are nobody's work."""

from __future__ import annotations

LOCK_FILES = frozenset(
    (
        ".terraform.lock.hcl",
        "bun.lock",
        "bun.lockb",
        "cargo.lock",
        "composer.lock",
        "conda-lock.yml",
        "deno.lock",
        "flake.lock",
        "gemfile.lock",
        "go.sum",
        "gradle.lockfile",
        "mix.lock",
        "npm-shrinkwrap.json",
        "package-lock.json",
        "package.resolved",
        "packages.lock.json",
        "pdm.lock",
        "pipfile.lock",
        "pixi.lock",
        "pnpm-lock.yaml",
        "podfile.lock",
        "poetry.lock",
        "pubspec.lock",
        "uv.lock",
        "yarn.lock",
    )
)
VENDORED = frozenset(("vendor", "third_party", "third-party", "node_modules", "bower_components"))
MINIFIED = (".min.js", ".min.css", ".js.map", ".css.map")


def counts(path: str) -> bool:
    """Tell whether the lines of a file count."""
    *folders, name = path.lower().split("/")
    return name not in LOCK_FILES and not name.endswith(MINIFIED) and VENDORED.isdisjoint(folders)
