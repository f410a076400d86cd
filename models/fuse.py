"""Makes onnx/model_quantized.onnx faster to run and leaves what it computes as it is:

    python3 models/fuse.py ORIGINAL.onnx models/Xenova/bge-small-en-v1.5/onnx/model_quantized.onnx

Attention, which the export spells out in some forty small steps a layer, becomes one QAttention over the weights of query, key and value
side by side; what stands around it becomes LayerNormalization, Gelu and DynamicQuantizeMatMul. Every 8-bit weight, scale and bias is that
of the original, and activations are quantised where they were, so that no number is rounded anew. The mask of a batch goes, since texts
are run one by one, without padding. SkipLayerNormalization and BiasGelu are not used: on the CPU they are slower than the two steps that
each stands for.

Needs onnx, onnxruntime, numpy and tokenizers. Ends with how far the vectors of the two files are apart over the texts of corpus/.
"""

import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import helper, numpy_helper
from tokenizers import Tokenizer

ROOT = Path(__file__).parent.parent
HEADS = 12
EPSILON = 1e-12
EMBEDDINGS = "/embeddings/LayerNorm/Add_1_output_0"


class Original:
    """The export: its values by name, and the matrices of its layers."""

    def __init__(self, path):
        self.graph = onnx.load(path).graph
        self.values = {tensor.name: numpy_helper.to_array(tensor) for tensor in self.graph.initializer}
        self.makers = {name: node for node in self.graph.node for name in node.output}
        self.takers = {}
        for node in self.graph.node:
            for name in node.input:
                self.takers.setdefault(name, []).append(node)
        self.products = {node.name: node for node in self.graph.node if node.op_type == "MatMulInteger"}

    def dense(self, place):
        """Weights [in, out] as int8, their scale for each column, and the bias. The zero point of every weight must be 0."""
        product = self.products[f"/encoder/layer.{place}/MatMul_quant"]
        cast = self.takers[product.output[0]][0]
        scaled = self.takers[cast.output[0]][0]
        scales = next(self.makers[name] for name in scaled.input if name != cast.output[0])
        bias = next(self.values[name] for name in self.takers[scaled.output[0]][0].input if name in self.values)
        assert not self.values[product.input[3]].any()
        return self.values[product.input[1]], self.values[scales.input[1]], bias

    def norm(self, place):
        return [self.values[f"encoder.layer.{place}.LayerNorm.{part}"] for part in ("weight", "bias")]

    def before(self, name):
        """The nodes that make a value, in order."""
        node = self.makers.get(name)
        if node is None:
            return []
        nodes = [before for value in node.input for before in self.before(value)] + [node]
        return list({each.output[0]: each for each in nodes}.values())


class Fused:
    def __init__(self):
        self.nodes = []
        self.values = []

    def add(self, kind, inputs, output, **attributes):
        names = [value if isinstance(value, str) else self.constant(f"{output}.{at}", value) for at, value in enumerate(inputs)]
        domain = "com.microsoft" if kind in ("QAttention", "DynamicQuantizeMatMul", "Gelu") else ""
        outputs = output if isinstance(output, list) else [output]
        self.nodes.append(helper.make_node(kind, names, outputs, name=outputs[0], domain=domain, **attributes))
        return output

    def constant(self, name, value):
        self.values.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name


def fused(original):
    graph = Fused()
    graph.nodes = original.before(EMBEDDINGS)
    wanted = {name for node in graph.nodes for name in node.input}
    graph.values = [tensor for tensor in original.graph.initializer if tensor.name in wanted]
    hidden = EMBEDDINGS
    layers = sum(name.endswith("/query/MatMul_quant") for name in original.products)
    for layer in range(layers):
        last = layer == layers - 1
        hidden = transformer_layer(graph, original, layer, hidden, "last_hidden_state" if last else f"{layer}.hidden")
    opset = [helper.make_opsetid("", 11), helper.make_opsetid("com.microsoft", 1)]
    whole = helper.make_graph(graph.nodes, "bert", [each for each in original.graph.input if each.name != "attention_mask"], list(original.graph.output), graph.values)
    return helper.make_model(whole, opset_imports=opset, ir_version=8, producer_name="onrecord/models/fuse.py")


def transformer_layer(graph, original, layer, hidden, output):
    dense = lambda part: original.dense(f"{layer}/{part}")
    weights, scales, biases = (np.concatenate(each, -1) for each in zip(*(dense(f"attention/self/{part}") for part in ("query", "key", "value"))))
    quantised, scale, zero = graph.add("DynamicQuantizeLinear", [hidden], [f"{layer}.{part}" for part in ("quantised", "scale", "zero")])
    inputs = [quantised, weights, biases, scale, scales, "", zero, np.zeros(weights.shape[1], np.int8)]
    attended = graph.add("QAttention", inputs, f"{layer}.attended", num_heads=HEADS)

    def product(value, part, name):
        weights, scales, bias = dense(part)
        return graph.add("DynamicQuantizeMatMul", [value, weights, scales, "", bias], f"{layer}.{name}")

    def norm(value, beside, part, name):
        total = graph.add("Add", [value, beside], f"{name}.sum")
        return graph.add("LayerNormalization", [total, *original.norm(f"{layer}.{part}")], name, axis=-1, epsilon=EPSILON)

    between = norm(product(attended, "attention/output/dense", "projected"), hidden, "attention.output", f"{layer}.between")
    wide = graph.add("Gelu", [product(between, "intermediate/dense", "wide")], f"{layer}.gelu")
    return norm(product(wide, "output/dense", "narrow"), between, "output", output)


def compare(one, other):
    """Prints the least cosine between what two files make of a text, and of any of its tokens."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    sessions = [onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"]) for path in (one, other)]
    tokenizer = Tokenizer.from_file(str(ROOT / "models/Xenova/bge-small-en-v1.5/tokenizer.json"))
    tokenizer.enable_truncation(512)
    texts = [part for file in sorted((ROOT / "corpus").rglob("*.txt")) for part in file.read_text().split("\n\n") if part.strip()]
    assert texts
    whole, each = [], []
    for text in texts:
        ids = np.array([tokenizer.encode(text).ids], np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        rows = [session.run(None, {each.name: feed[each.name] for each in session.get_inputs()})[0][0] for session in sessions]
        first, second = [row / np.linalg.norm(row, axis=-1, keepdims=True) for row in rows]
        cosines = (first * second).sum(-1)
        whole.append(cosines[0])
        each.append(cosines.min())
    print(f"{len(texts)} texts: least cosine {min(whole):.6f}, of a token {min(each):.6f}")


if __name__ == "__main__":
    source, target = sys.argv[1:]
    onnx.save(fused(Original(source)), target)
    compare(source, target)
