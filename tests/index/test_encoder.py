import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from kejian.corpus.errors import SetupError
from kejian.index.encoder import BundledEncoder, open_encoder

TEXTS = [
    "前后端型有哪些优点?",
    "大客户部负责重点客户的营销与服务,商业客户部面向中小企业。",
    "The Sarbanes-Oxley Act",
    "",
    "坏\ud800字 \x00",
    "组织结构与职责。" * 100,
]


@pytest.fixture(scope="module")
def encoder() -> BundledEncoder:
    opened = open_encoder()
    assert isinstance(opened, BundledEncoder)
    return opened


def test_sentence_transformers_and_the_direct_way_give_the_same_numbers(encoder: BundledEncoder) -> None:
    view = encoder.as_sentence_transformer()
    clean = [text.encode("utf-8", "replace").decode() for text in TEXTS]
    assert np.abs(view.encode_query(clean) - encoder.encode_queries(TEXTS)).max() < 1e-6
    passages = encoder.encode_passages(TEXTS)
    assert np.abs(view.encode(clean, prompt_name="document") - passages).max() < 1e-6
    assert np.abs(encoder.encode_queries(TEXTS) - passages).max() > 1e-3


def test_the_standard_checkpoint_beside_it_is_the_same_model(
    encoder: BundledEncoder, capfd: pytest.CaptureFixture[str]
) -> None:
    standard = open_encoder(str(encoder.folder))
    assert capfd.readouterr() == ("", "")
    assert standard.fingerprint == open_encoder(str(encoder.folder)).fingerprint
    assert standard.dimension == encoder.dimension
    assert standard.fingerprint.startswith(encoder.folder.name)
    for ours, theirs in (
        (encoder.encode_queries(TEXTS), standard.encode_queries(TEXTS)),
        (encoder.encode_passages(TEXTS), standard.encode_passages(TEXTS)),
    ):
        assert (ours * theirs).sum(axis=1).min() > 0.999
    assert standard.encode_queries([]).shape == (0, 384)


def test_nothing_in_gives_nothing_out(encoder: BundledEncoder) -> None:
    assert encoder.encode_queries([]).shape == encoder.encode_passages([]).shape == (0, encoder.dimension)


def test_vectors_are_unit_float32(encoder: BundledEncoder) -> None:
    vectors = encoder.encode_queries(TEXTS)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


def test_threads_get_the_same_vectors(encoder: BundledEncoder) -> None:
    with ThreadPoolExecutor(4) as pool:
        rows = list(pool.map(lambda text: encoder.encode_queries([text])[0], TEXTS * 4))
    assert np.array_equal(np.stack(rows), np.vstack([encoder.encode_queries(TEXTS)] * 4))


def test_a_model_that_is_not_there_is_named_with_the_remedy(tmp_path: Path) -> None:
    for model in (str(tmp_path / "nothing"), "some-organisation/no-such-model"):
        with pytest.raises(SetupError, match="KEJIAN_EMBEDDING_MODEL") as caught:
            open_encoder(model)
        assert model in str(caught.value)
        assert "\n" not in str(caught.value)


def test_a_question_needs_no_torch_and_no_network() -> None:
    code = (
        "import socket, sys\n"
        "def refuse(*_): raise AssertionError('network')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
        "from kejian.index.encoder import open_encoder\n"
        "print(open_encoder().encode_queries(['补考']).shape, 'torch' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, timeout=120)
    assert (done.stdout, done.stderr) == ("(1, 384) False\n", "")
