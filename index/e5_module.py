"""The converted model as a sentence-transformers module. Importing this file imports torch: import it late."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules.input_module import InputModule

from kejian.index.e5_checkpoint import PROMPTS
from kejian.index.e5_session import DIMENSION, E5Session


class E5Module(InputModule):  # type: ignore[misc]  # sentence-transformers is not followed
    """Texts to unit vectors through an ``E5Session``."""

    def __init__(self, session: E5Session) -> None:
        super().__init__()
        self.session = session
        self.tokenizer = session.tokenizer

    def preprocess(self, inputs: Sequence[str], prompt: str | None = None, **_options: Any) -> dict[str, Any]:
        """Token ids, one list a text."""
        return {"ids": [self.session.ids((prompt or "") + text) for text in inputs]}

    def forward(self, features: dict[str, Any], **_options: Any) -> dict[str, Any]:
        """Adds ``sentence_embedding``, shape (texts, 384)."""
        features["sentence_embedding"] = torch.from_numpy(self.session.vectors(features["ids"]))
        return features

    def get_embedding_dimension(self) -> int:
        return DIMENSION

    def save(self, output_path: str, *_arguments: Any, **_options: Any) -> None:
        raise NotImplementedError(f"the model is a checkpoint already; copy its folder instead of saving {output_path}")


def sentence_transformer(session: E5Session) -> SentenceTransformer:
    """A SentenceTransformer with the prompts of the model."""
    model = SentenceTransformer(
        modules=[E5Module(session)], prompts=dict(PROMPTS), similarity_fn_name="cosine", device="cpu"
    )
    model.eval()
    return model
