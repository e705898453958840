"""Put instruction, image and cue into a model's own chat template; hold what comes back."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from engine.captioning.profile import Instruction
from engine.captioning.prompt import Prompt
from engine.errors import ModelUnavailable

Message: TypeAlias = dict[str, Any]
Render: TypeAlias = Callable[[list[Message]], str]

# Only the LLaVA 1.5 generation comes without a template, and this is what it was trained on.
VICUNA_TEMPLATE = (
    "{% for m in messages %}{{ 'USER: ' if m.role == 'user' else '' }}"
    "{% if m.content is string %}{{ m.content }}{% else %}{{ m.content | map(attribute='text') | join('\n') }}"
    "{% endif %}{{ '\n' }}{% endfor %}ASSISTANT:"
)


@dataclass(frozen=True, slots=True)
class Reply:
    """Hold what a model wrote, as it wrote it, and how many tokens that took."""

    text: str
    tokens: int


def write_request(render: Render, instruction: Instruction, prompt: Prompt, marker: str) -> str:
    """Render the request with `marker` where the image goes.

    Templates differ in what they accept: some know no system turn, some want text as a list of parts and print nothing
    for a string. So the layouts are tried in order, and the first whose rendering has the instruction before exactly
    one marker is taken.

    Raises:
        ModelUnavailable: no layout survives the template.

    """
    wanted = "" if instruction is Instruction.NONE else prompt.instruction
    for messages in _layouts(instruction, prompt, marker):
        text = _attempt(render, messages)
        if text is not None and _is_sound(text, wanted, marker):
            return text
    raise ModelUnavailable("This model's chat template has no place for a photo.", "Choose a model that can see.")


def _is_sound(text: str, wanted: str, marker: str) -> bool:
    before, found, after = text.partition(marker)
    return bool(found) and marker not in after and wanted in before


def _attempt(render: Render, messages: list[Message]) -> str | None:
    """Render, or return None: templates refuse what they don't support with exceptions of every kind."""
    try:
        return render(messages)
    except Exception:
        return None


def _layouts(instruction: Instruction, prompt: Prompt, marker: str) -> Iterator[list[Message]]:
    if instruction is Instruction.NONE:
        yield [_turn("user", _parts(marker))]
        yield [_turn("user", marker)]
        return
    image_turns = (_turn("user", _parts(marker, prompt.cue)), _turn("user", f"{marker}\n{prompt.cue}"))
    if instruction is Instruction.SYSTEM_TURN:
        for image_turn in image_turns:
            yield [_turn("system", prompt.instruction), image_turn]
            yield [_turn("system", _parts(prompt.instruction)), image_turn]
    yield [_turn("user", _parts(prompt.instruction + "\n\n", marker, prompt.cue))]
    yield [_turn("user", f"{prompt.instruction}\n\n{marker}\n{prompt.cue}")]


def _turn(role: str, content: str | list[dict[str, str]]) -> Message:
    return {"role": role, "content": content}


def _parts(*texts: str) -> list[dict[str, str]]:
    return [{"type": "text", "text": text} for text in texts]
