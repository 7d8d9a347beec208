"""What the figures were measured on: processor, cores, Python and packages."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

import psutil

PACKAGES = ("torch", "numpy", "regex", "tiktoken", "tokenizers")


def describe_machine() -> list[tuple[str, str]]:
    """Return pairs of a thing and what it is here; no name or path of this machine."""
    return [
        ("processor", _processor()),
        ("cores", str(os.cpu_count())),
        ("memory", f"{psutil.virtual_memory().total / 2**30:.0f} GiB"),
        ("system", f"{platform.system()} {platform.machine()}"),
        ("Python", f"{platform.python_implementation()} {platform.python_version()}"),
        *((name, version(name)) for name in PACKAGES),
    ]


def _processor() -> str:
    """Return the processor's model; Linux writes it into a file."""
    path = Path("/proc/cpuinfo")
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.processor() or platform.machine()
