"""Where instruction and image end up in the chat templates of real model families (shortened to what matters)."""

import pytest
from llama_cpp.llama_chat_format import Jinja2ChatFormatter

from engine.captioning.chat import VICUNA_TEMPLATE, Message, Render, write_request
from engine.captioning.profile import Instruction
from engine.captioning.prompt import Prompt
from engine.errors import ModelUnavailable

MARKER = "<__media__>"
PROMPT = Prompt("Name the subject first.\n\nThen the rest.", "Describe it.")

SMOLVLM = (
    "<|im_start|>{% for message in messages %}{{ message['role'] | capitalize }}: {% for line in message['content'] %}"
    "{% if line['type'] == 'text' %}{{ line['text'] }}{% endif %}{% endfor %}<end_of_utterance>\n{% endfor %}"
    "{% if add_generation_prompt %}Assistant:{% endif %}"
)
LFM2 = (
    "{{ bos_token }}{% for message in messages %}<|im_start|>{{ message['role'] }}\n{% set c = message['content'] %}"
    "{% if c is string %}{{ c }}{% else %}{% for item in c %}{{ item['text'] }}{% endfor %}{% endif %}<|im_end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
GEMMA3 = (
    "{{ bos_token }}{% set first = '' %}{% set turns = messages %}{% if messages[0]['role'] == 'system' %}"
    "{% set head = messages[0]['content'] %}{% set turns = messages[1:] %}"
    "{% set first = (head if head is string else head[0]['text']) + '\n\n' %}{% endif %}"
    "{% for m in turns %}"
    "{% if (m['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('order') }}{% endif %}"
    "<start_of_turn>{{ m['role'] }}\n{{ first if loop.first else '' }}{% if m['content'] is string %}{{ m['content'] }}"
    "{% else %}{% for p in m['content'] %}{{ p['text'] | trim }}{% endfor %}{% endif %}<end_of_turn>\n{% endfor %}"
    "<start_of_turn>model\n"
)
NO_SYSTEM = (
    "{% for m in messages %}{% if m['role'] == 'system' %}{{ raise_exception('no system turn') }}{% endif %}"
    "[INST] {{ m['content'] }} [/INST]{% endfor %}"
)
DEAF = "{% for m in messages %}<turn>{% endfor %}"
THINKING = (
    "{% for m in messages %}{% set c = m['content'] %}{{ c if c is string else c | map(attribute='text') | join }}"
    "{% endfor %}{% if enable_thinking is defined and enable_thinking is false %}<think>\n\n</think>{% endif %}"
)


def renderer(template: str) -> Render:
    formatter = Jinja2ChatFormatter(template=template, eos_token="</s>", bos_token="<bos>")

    def render(messages: list[Message]) -> str:
        return str(formatter(messages=messages, enable_thinking=False).prompt)  # type: ignore[arg-type]

    return render


@pytest.mark.parametrize("template", [SMOLVLM, LFM2, GEMMA3, NO_SYSTEM, VICUNA_TEMPLATE, THINKING])
@pytest.mark.parametrize("turn", [Instruction.SYSTEM_TURN, Instruction.USER_TURN])
def test_every_template_gets_instruction_then_image_then_cue(template: str, turn: Instruction) -> None:
    text = write_request(renderer(template), turn, PROMPT, MARKER)
    assert text.count(MARKER) == 1
    assert text.count(PROMPT.instruction) == 1
    assert text.index(PROMPT.instruction) < text.index(MARKER) < text.index(PROMPT.cue)


def test_the_instruction_stands_in_the_system_turn_where_there_is_one() -> None:
    text = write_request(renderer(LFM2), Instruction.SYSTEM_TURN, PROMPT, MARKER)
    assert text.startswith(f"<bos><|im_start|>system\n{PROMPT.instruction}<|im_end|>\n<|im_start|>user\n{MARKER}")


def test_a_template_that_wants_parts_gets_parts() -> None:
    text = write_request(renderer(SMOLVLM), Instruction.SYSTEM_TURN, PROMPT, MARKER)
    assert text.startswith(f"<|im_start|>System: {PROMPT.instruction}<end_of_utterance>\nUser: {MARKER}")


def test_a_model_that_wants_no_words_gets_the_image_alone() -> None:
    text = write_request(renderer(LFM2), Instruction.NONE, PROMPT, MARKER)
    assert text == f"<bos><|im_start|>user\n{MARKER}<|im_end|>\n<|im_start|>assistant\n"


def test_thinking_is_switched_off() -> None:
    assert "<think>\n\n</think>" in write_request(renderer(THINKING), Instruction.SYSTEM_TURN, PROMPT, MARKER)


def test_a_template_without_a_place_for_a_photo_is_refused() -> None:
    with pytest.raises(ModelUnavailable, match="no place for a photo"):
        write_request(renderer(DEAF), Instruction.SYSTEM_TURN, PROMPT, MARKER)
