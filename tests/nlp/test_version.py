"""The extractor's version covers the code that finds claims, and no other: a new question must not read all documents again."""

import json
import subprocess
import sys
from pathlib import Path

from pipelines.nlp.version import MODEL_CODE

LOADED = """
import json, sys
import pipelines.nlp.extract, pipelines.nlp.pipeline, pipelines.nlp.pool
print(json.dumps([m.__file__ for n, m in sys.modules.items() if n.startswith("graph.")]))
"""


def test_every_module_of_the_model_that_the_extractor_loads_is_part_of_its_version():
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)

    assert sorted(Path(file).name for file in json.loads(done.stdout)) == sorted(MODEL_CODE)
