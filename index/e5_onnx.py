"""The transformer as an ONNX graph, written by hand: BERT (Devlin et al. 2019) with mean pooling, on 4-bit weights.

The weights stay the 4-bit blocks they are shipped in, none is rounded a second time, and activations are quantised
row by row: so a text has the same vector alone and in any batch, which one scale for a whole batch would not give.
Operators of domain com.microsoft are part of every onnxruntime build.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from kejian.index.e5_weights import BLOCK, PackedMatrix, Weights

MICROSOFT = "com.microsoft"
BITS = 4
INT8_ACTIVATIONS = 4  # accuracy level of MatMulNBits


class GraphWriter:
    """Collects nodes and constants; every method returns the name of the value it makes."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, name: str, array: NDArray[Any]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def vector(self, name: str) -> str:
        return self.constant(name, self.weights.vector(name))

    def node(self, operator: str, inputs: list[str], name: str, **attributes: Any) -> str:
        self.nodes.append(helper.make_node(operator, inputs, [name], name=name, **attributes))
        return name

    def linear(self, value: str, name: str, matrix: PackedMatrix) -> str:
        """``value`` times the matrix, without a bias."""
        rows, blocks, _ = matrix.codes.shape
        codes = self.constant(f"{name}.codes", matrix.paired())
        scales = self.constant(f"{name}.scales", matrix.scales)
        sizes = {"K": blocks * BLOCK, "N": rows, "bits": BITS, "block_size": BLOCK}
        inputs, name = [value, codes, scales], f"{name}.out"
        return self.node("MatMulNBits", inputs, name, domain=MICROSOFT, accuracy_level=INT8_ACTIVATIONS, **sizes)

    def add_and_normalise(self, value: str, linear: str, norm: str) -> str:
        """Layer norm of ``value`` + the output of ``linear`` + its bias."""
        parameters = [self.vector(name) for name in (f"{norm}.w", f"{norm}.b", f"{linear}.b")]
        inputs, epsilon = [value, f"{linear}.out", *parameters], self.weights.shape.epsilon
        return self.node("SkipLayerNormalization", inputs, f"{norm}.out", domain=MICROSOFT, epsilon=epsilon)


def write_graph(weights: Weights, path: Path) -> None:
    """Write the model: ``input_ids`` (texts of equal length, length) → ``pooled`` (texts, hidden), not yet of unit
    length. There is no attention mask: texts of different length run one by one."""
    graph = GraphWriter(weights)
    value = _embeddings(graph)
    for number in range(weights.shape.layers):
        value = _layer(graph, value, f"l{number}")
    graph.node("ReduceMean", [value], "pooled", axes=[1], keepdims=0)
    onnx.save_model(_model(graph), str(path))


def _embeddings(graph: GraphWriter) -> str:
    weights = graph.weights
    matrix = weights.matrix("emb.word")
    codes = graph.constant("emb.word.codes", matrix.paired().reshape(len(matrix.codes), -1))
    inputs = [codes, "input_ids", graph.constant("emb.word.scales", matrix.scales)]
    sizes = {"bits": BITS, "block_size": BLOCK, "gather_axis": 0, "quantize_axis": 1}
    words = graph.node("GatherBlockQuantized", inputs, "emb.word.out", domain=MICROSOFT, **sizes)
    # Types are all 0: their one row is added to the positions once and for all.
    rows = graph.constant("emb.pos", weights.positions + weights.type_row)
    zero = graph.constant("zero", np.array([0], dtype=np.int64))
    length = graph.node("Shape", ["input_ids"], "length", start=1, end=2)
    positions = graph.node("Slice", [rows, zero, length, zero], "emb.pos.out")
    summed = graph.node("Add", [words, positions], "emb.sum")
    norm = [summed, graph.vector("emb.ln.w"), graph.vector("emb.ln.b")]
    return graph.node("LayerNormalization", norm, "emb.out", axis=-1, epsilon=weights.shape.epsilon)


def _layer(graph: GraphWriter, value: str, layer: str) -> str:
    weights = graph.weights
    graph.linear(_attention(graph, value, layer), f"{layer}.ao", weights.matrix(f"{layer}.ao.w"))
    attended = graph.add_and_normalise(value, f"{layer}.ao", f"{layer}.aln")
    inner = graph.linear(attended, f"{layer}.fi", weights.matrix(f"{layer}.fi.w"))
    active = graph.node("BiasGelu", [inner, graph.vector(f"{layer}.fi.b")], f"{layer}.gelu", domain=MICROSOFT)
    graph.linear(active, f"{layer}.fo", weights.matrix(f"{layer}.fo.w"))
    return graph.add_and_normalise(attended, f"{layer}.fo", f"{layer}.oln")


def _attention(graph: GraphWriter, value: str, layer: str) -> str:
    """Queries, keys and values in one product, so that ``value`` is quantised once."""
    weights, parts = graph.weights, [f"{layer}.{part}" for part in "qkv"]
    graph.linear(value, f"{layer}.qkv", _stacked([weights.matrix(f"{part}.w") for part in parts]))
    sizes = graph.constant(f"{layer}.sizes", np.full(3, weights.shape.hidden, dtype=np.int64))
    outputs = [f"{part}.out" for part in parts]
    graph.nodes.append(helper.make_node("Split", [f"{layer}.qkv.out", sizes], outputs, axis=-1))
    bias = graph.constant(f"{layer}.qkv.b", np.concatenate([weights.vector(f"{part}.b") for part in parts]))
    heads = weights.shape.heads
    return graph.node("MultiHeadAttention", [*outputs, bias], f"{layer}.heads", domain=MICROSOFT, num_heads=heads)


def _stacked(matrices: list[PackedMatrix]) -> PackedMatrix:
    codes = np.concatenate([matrix.codes for matrix in matrices])
    return PackedMatrix(codes, np.concatenate([matrix.scales for matrix in matrices]))


def _model(graph: GraphWriter) -> Any:
    ids = helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["texts", "length"])
    pooled = helper.make_tensor_value_info("pooled", TensorProto.FLOAT, ["texts", graph.weights.shape.hidden])
    body = helper.make_graph(graph.nodes, "multilingual-e5-small", [ids], [pooled], graph.constants)
    versions = [helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(body, opset_imports=versions, ir_version=9)
