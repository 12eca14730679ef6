"""multilingual-e5-small as a standard sentence-transformers checkpoint: a BertModel with its tokenizer in float32."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from kejian.index.e5_weights import Floats, Vocabulary, Weights

TOKENIZER_FILE = "tokenizer.json"
PROMPTS = {"query": "query: ", "document": "passage: "}
ENCODER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
# The original normalisation is NFKC but for control characters, which vanish, more kinds of space, and the wide
# tilde of Chinese ranges (2017～2018), which stays: it steps aside while NFKC passes.
CONTROL = "[\\x00-\\x08\\x0b\\x0e-\\x1f\\x7f\\x8f\\x9f]"
SPACES = "[\\s\\u200b-\\u200f\\u2581\\ufeff\\ufffd]+"
WIDE_TILDE, STAND_IN = "～", "\ue000"


def write_checkpoint(weights: Weights, folder: Path) -> None:
    """Write weights, tokenizer and configuration into ``folder``."""
    from safetensors.numpy import save_file

    save_file(dict(_tensors(weights)), str(folder / "model.safetensors"), metadata={"format": "pt"})
    tokenizer(weights.vocabulary, weights.shape.positions).save(str(folder / TOKENIZER_FILE), pretty=False)
    for name, content in _configuration(weights).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    (folder / "2_Normalize").mkdir()


def tokenizer(vocabulary: Vocabulary, positions: int) -> Any:
    """The unigram tokenizer (Kudo 2018) with ``<s> … </s>`` around at most ``positions`` ids."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    pieces = list(zip(vocabulary.pieces, vocabulary.scores, strict=True))
    made = Tokenizer(models.Unigram(pieces, unk_id=vocabulary.unknown, byte_fallback=False))
    made.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(WIDE_TILDE, STAND_IN),
            normalizers.Replace(Regex(CONTROL), ""),
            normalizers.NFKC(),
            normalizers.Replace(Regex(SPACES), " "),
            normalizers.Replace(STAND_IN, WIDE_TILDE),
            normalizers.Strip(),
        ]
    )
    made.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    begin, end = vocabulary.pieces[vocabulary.begin], vocabulary.pieces[vocabulary.end]
    ids = [(begin, vocabulary.begin), (end, vocabulary.end)]
    made.post_processor = processors.TemplateProcessing(single=f"{begin} $A {end}", special_tokens=ids)
    made.enable_truncation(positions)
    return made


def _tensors(weights: Weights) -> Iterator[tuple[str, Floats]]:
    """Tensors by the names of ``transformers.BertModel``."""
    types = np.zeros((weights.shape.types, weights.shape.hidden), dtype=np.float32)
    types[0] = weights.type_row
    yield "embeddings.word_embeddings.weight", weights.matrix("emb.word").unpacked()
    yield "embeddings.position_embeddings.weight", weights.positions
    yield "embeddings.token_type_embeddings.weight", types
    yield from _parameters(weights, "emb.ln", "embeddings.LayerNorm")
    for layer in range(weights.shape.layers):
        for short, long in ENCODER.items():
            yield from _parameters(weights, f"l{layer}.{short}", f"encoder.layer.{layer}.{long}")


def _parameters(weights: Weights, short: str, long: str) -> Iterator[tuple[str, Floats]]:
    is_norm = short.endswith("ln")
    yield f"{long}.weight", weights.vector(f"{short}.w") if is_norm else weights.matrix(f"{short}.w").unpacked()
    yield f"{long}.bias", weights.vector(f"{short}.b")


def _configuration(weights: Weights) -> dict[str, Any]:
    positions = weights.shape.positions
    module = "sentence_transformers.models."
    return {
        "config.json": _bert_configuration(weights),
        "tokenizer_config.json": _tokenizer_configuration(weights),
        "sentence_bert_config.json": {"max_seq_length": positions, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": PROMPTS,
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": module + "Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": module + "Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": module + "Normalize"},
        ],
        "1_Pooling/config.json": {
            "word_embedding_dimension": weights.shape.hidden,
            "pooling_mode_mean_tokens": True,
        },
    }


def _bert_configuration(weights: Weights) -> dict[str, Any]:
    shape = weights.shape
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_size": shape.hidden,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "intermediate_size": shape.feed_forward,
        "vocab_size": shape.vocabulary,
        "max_position_embeddings": shape.positions,
        "type_vocab_size": shape.types,
        "layer_norm_eps": shape.epsilon,
        "hidden_act": "gelu",
        "pad_token_id": weights.vocabulary.padding,
        "bos_token_id": weights.vocabulary.begin,
        "eos_token_id": weights.vocabulary.end,
        "torch_dtype": "float32",
    }


def _tokenizer_configuration(weights: Weights) -> dict[str, Any]:
    vocabulary = weights.vocabulary
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": weights.shape.positions,
        "bos_token": vocabulary.pieces[vocabulary.begin],
        "eos_token": vocabulary.pieces[vocabulary.end],
        "pad_token": vocabulary.pieces[vocabulary.padding],
        "unk_token": vocabulary.pieces[vocabulary.unknown],
        "clean_up_tokenization_spaces": False,
    }
