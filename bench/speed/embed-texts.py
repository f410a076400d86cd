"""fastembed over a local model: FOLDER_OF_MODEL TEXTS_AS_JSON BATCH PARALLEL. Prints how many vectors it made.

Without arguments it only finds out whether fastembed is here. The model's own files stand under the names that fastembed gives them.
"""

import json
import sys
import tempfile
from pathlib import Path

from fastembed import TextEmbedding


def main(model, texts, batch, parallel):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file in ("config.json", "tokenizer.json", "tokenizer_config.json"):
            (folder / file).symlink_to(model / file)
        (folder / "model_optimized.onnx").symlink_to(model / "onnx/model_quantized.onnx")
        embedding = TextEmbedding("BAAI/bge-small-en-v1.5", specific_model_path=name)
        passages = json.loads(texts.read_text())
        count = sum(1 for _ in embedding.embed(passages, batch_size=batch, parallel=parallel or None))
        assert count == len(passages)
        print(count)


if __name__ == "__main__" and len(sys.argv) > 1:
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
