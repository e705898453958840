"""What a captioner is asked: our own words, after arXiv 2602.07125 (subject, details, visible text, setting)."""

import hashlib
from dataclasses import dataclass

from engine.paths import RESOURCES

PROMPT_FILE = RESOURCES / "prompts" / "caption.txt"
_DIVIDER = "\n---\n"


@dataclass(frozen=True, slots=True)
class Prompt:
    """Hold the instruction, which stands before the image, and the short cue that follows it.

    The instruction is the same for every photo, so what the model computed for it is kept from photo to photo; only
    the image and the few tokens of the cue are new.
    """

    instruction: str
    cue: str

    @classmethod
    def parse(cls, text: str) -> "Prompt":
        """Split at the line of three dashes."""
        instruction, _, cue = text.partition(_DIVIDER)
        return cls(instruction.strip(), cue.strip())


def prompt_version(text: str) -> str:
    """Name a prompt by its content, so that another wording makes captions of the old one pending."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


_TEXT = PROMPT_FILE.read_text(encoding="utf-8")
CAPTION_PROMPT = Prompt.parse(_TEXT)
PROMPT_VERSION = prompt_version(_TEXT)
