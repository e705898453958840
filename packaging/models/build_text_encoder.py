"""Build `text_encoder.onnx` from the trained weights, and from the original all-MiniLM-L6-v2 to compare with."""

from pathlib import Path

import numpy as np
import onnx
from manifest import Entry, record
from onnx import TensorProto, helper
from safetensors.numpy import load, load_file
from sources import MINILM, PLAIN, SHIPPED, TRAINED_TEXT_ENCODER, minilm_tokenizer, minilm_weights
from transformer import Array, Graph, Layer, Precision, side_by_side

LAYERS, HEADS, WIDTH, EPSILON = 6, 12, 384, 1e-12
LONGEST = 256  # word pieces, as upstream's sentence_bert_config.json has it


def build(weights: dict[str, Array], precision: Precision) -> onnx.ModelProto:
    """Return the graph: token ids and attention mask (n, t) int64 -> unit vectors (n, 384)."""
    graph = Graph(precision)

    def norm(x: str, name: str) -> str:
        return graph.norm(x, weights[f"{name}.LayerNorm.weight"], weights[f"{name}.LayerNorm.bias"], EPSILON)

    def layer(name: str) -> Layer:
        return weights[f"{name}.weight"].T, weights[f"{name}.bias"]

    mask = graph.add("Cast", "attention_mask", to=TensorProto.INT32)
    x = norm(graph.add("Add", _words(graph, weights), _positions(graph, weights)), "embeddings")
    for index in range(LAYERS):
        at = f"encoder.layer.{index}"
        qkv = side_by_side(*(layer(f"{at}.attention.self.{part}") for part in ("query", "key", "value")))
        attended = graph.attention(x, qkv, layer(f"{at}.attention.output.dense"), HEADS, mask)
        x = norm(graph.add("Add", x, attended), f"{at}.attention.output")
        fed = graph.feed_forward(x, layer(f"{at}.intermediate.dense"), layer(f"{at}.output.dense"))
        x = norm(graph.add("Add", x, fed), f"{at}.output")
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["n", "t"]) for name in ("ids", "attention_mask")]
    return graph.finish(inputs, _mean_direction(graph, x), "vectors", ("n", WIDTH))


def _words(graph: Graph, weights: dict[str, Array]) -> str:
    """Look words up in a table of int8 rows, each with its own scale (half of the model's size is this table)."""
    table = weights["embeddings.word_embeddings.weight"]
    if graph.precision == Precision.FLOAT:
        return graph.add("Gather", graph.constant(table), "ids")
    scale = (np.abs(table).max(axis=1, keepdims=True) / 127).astype(np.float32)
    rows = graph.add("Gather", graph.constant(np.round(table / scale).astype(np.int8)), "ids")
    return graph.add(
        "Mul", graph.add("Cast", rows, to=TensorProto.FLOAT), graph.add("Gather", graph.constant(scale), "ids")
    )


def _positions(graph: Graph, weights: dict[str, Array]) -> str:
    table = weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
    length = graph.add("Shape", "ids", start=1, end=2)
    first, axis = graph.constant([0]), graph.constant([0])
    return graph.add("Slice", graph.constant(table[:LONGEST]), first, length, axis)


def _mean_direction(graph: Graph, x: str) -> str:
    """Return the unit vector along the mean of the tokens; dividing by their number would change nothing."""
    kept = graph.add("Unsqueeze", graph.add("Cast", "attention_mask", to=TensorProto.FLOAT), graph.constant([2]))
    total = graph.add("ReduceSum", graph.add("Mul", x, kept), graph.constant([1]), keepdims=0)
    return graph.add("LpNormalization", total, axis=-1, p=2)


def write(weights: dict[str, Array], folder: Path, trained: str = "") -> None:
    """Write encoder and vocabulary into a folder; `trained` says what was done to the weights first."""
    onnx.save(build(weights, Precision.BLOCK), folder / "text_encoder.onnx")
    (folder / "text_tokenizer.json").write_bytes(minilm_tokenizer())
    origin = {
        "source": f"{MINILM.name} {MINILM.version}",
        "upstream": "https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2",
        "licence": "Apache-2.0",
    }
    made = (
        f"6-layer BERT written as an ONNX graph from model.safetensors{trained}, with mean pooling and L2 "
        f"normalisation inside; matrices {Precision.BLOCK}, word table int8 per row"
    )
    record(Entry("text_encoder.onnx", made=made, **origin), folder)
    record(Entry("text_tokenizer.json", made="copied unchanged", **origin), folder)


def main() -> None:
    trained = ", trained by packaging/models/train_text_encoder.py on MS COCO captions and Flickr8k"
    write(load_file(TRAINED_TEXT_ENCODER), SHIPPED, trained)
    write(load(minilm_weights()), PLAIN)


if __name__ == "__main__":
    main()
