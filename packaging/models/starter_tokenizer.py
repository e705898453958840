"""Train the vocabulary of the starter captioner: byte-level BPE, cut exactly as llama.cpp cuts it for `gpt-2`."""

from collections.abc import Iterable, Sequence

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

SIZE = 4096
SPECIAL = ("<pad>", "<s>", "</s>", "<img>", "</img>")
PAD, FIRST, LAST, IMAGE_BEGIN, IMAGE_END = range(len(SPECIAL))


def train_tokenizer(captions: Iterable[str]) -> Tokenizer:
    """Learn the merges from captions in lower case; any other text can be read too, in more tokens."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=SIZE,
        special_tokens=list(SPECIAL),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator((caption.lower() for caption in captions), trainer)
    return tokenizer


def stack_captions(tokenizer: Tokenizer, captions: Sequence[str]) -> torch.Tensor:
    """Return `<s> caption </s> <pad> ...` as token ids (n, longest) int64: all but the last column is what the decoder
    reads, all but the first what it should write; `PAD` is to be ignored there.
    """
    rows = [[FIRST, *encoding.ids, LAST] for encoding in tokenizer.encode_batch(list(captions))]
    longest = max(map(len, rows))
    return torch.tensor([row + [PAD] * (longest - len(row)) for row in rows])
