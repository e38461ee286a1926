"""Writes samples/ttbar.parquet: the events of SAMPLE that no model is trained on.

python bundle.py SAMPLE
"""

import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from events import bundled

LEFT_OUT = ("gen_met", "gen_ht_jets")

table = pq.read_table(sys.argv[1])
table = table.filter(pa.array(bundled(table["event"].to_numpy()))).drop_columns(LEFT_OUT)
out = Path(__file__).parents[2] / "samples" / "ttbar.parquet"
floats = [field.name for field in table.schema if pa.types.is_float32(field.type)]
pq.write_table(
    table,
    out,
    compression="zstd",
    compression_level=19,
    use_dictionary=["label", "n_jets"],
    column_encoding={name: "BYTE_STREAM_SPLIT" for name in floats if name != "n_jets"},
)
print(f"{out.name}: {table.num_rows} events, {out.stat().st_size} bytes")
