"""Writes a network as ONNX (opset 17, IR 8, float32, any number of rows) and runs it with onnxruntime."""

import hashlib

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

OPSET, IR = 17, 8


def network(net, inputs, output, *, shift=None, scale=None):
    """Model of named tensors (name -> width), put beside each other, standardised if asked: Gemm and activations."""
    nodes, constants = [], []

    def keep(name, x):
        constants.append(numpy_helper.from_array(np.asarray(x, dtype=np.float32), name))
        return name

    at = next(iter(inputs))
    if len(inputs) > 1:
        nodes.append(helper.make_node("Concat", list(inputs), ["features"], axis=1))
        at = "features"
    if shift is not None:
        nodes.append(helper.make_node("Sub", [at, keep("shift", shift)], ["centred"]))
        nodes.append(helper.make_node("Div", ["centred", keep("scale", scale)], ["standard"]))
        at = "standard"
    last = len(net["weights"]) - 1
    for k, (w, b) in enumerate(zip(net["weights"], net["offsets"])):
        to = output if k == last else f"sum{k}"
        nodes.append(helper.make_node("Gemm", [at, keep(f"weight{k}", w), keep(f"offset{k}", b)], [to]))
        if k != last:
            nodes.append(helper.make_node(net["activation"], [to], [f"hidden{k}"]))
            at = f"hidden{k}"
    tensor = lambda name, width: helper.make_tensor_value_info(name, TensorProto.FLOAT, ["rows", width])
    graph = helper.make_graph(
        nodes, "network", [tensor(*item) for item in inputs.items()], [tensor(output, 1)], constants
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR)


def write(model, path):
    """Writes the model; gives the SHA-256 of the file."""
    onnx.checker.check_model(model, full_check=True)
    data = model.SerializeToString(deterministic=True)
    path.write_bytes(data)
    return hashlib.sha256(data).hexdigest()


def run(path, tensors, output):
    """Output of the file for its named tensors, as onnxruntime gives it on one thread."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    return session.run([output], {name: x.astype(np.float32) for name, x in tensors.items()})[0]
