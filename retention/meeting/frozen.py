"""A frozen answer as text, and back: what comes from a file is measured and checked before any of it is decoded.

Only what this module writes is read: one uncompressed Arrow stream of flat columns. A compressed part says in 26 kB
that it holds a gigabyte, a dictionary or a nested column can refer to the same bytes again and again.
"""

import base64
import struct

import pandas as pd
import pyarrow as pa

MOST_BYTES, MOST_ROWS, MOST_COLUMNS = 6_000_000, 50_000, 60
LONGEST_TEXT = MOST_BYTES * 4 // 3 + 4  # of the bytes as base64
# Places in the tables of Arrow's messages (format/Message.fbs).
_HEADER, _LENGTH, _COMPRESSION = 2, 0, 3


class BadRows(ValueError):
    """This is no frozen answer."""


def freeze(answer: pd.DataFrame) -> str:
    """The rows as base64 of an Arrow stream; raises BadRows where they are too many to be read back."""
    table = pa.Table.from_pandas(answer, preserve_index=False).replace_schema_metadata()
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    written = sink.getvalue()
    if written.size > MOST_BYTES or table.num_rows > MOST_ROWS or table.num_columns > MOST_COLUMNS:
        raise BadRows("size")
    return base64.b64encode(written.to_pybytes()).decode()


def thaw(text: str) -> pd.DataFrame:
    """The rows that `freeze` wrote; raises BadRows."""
    if len(text) > LONGEST_TEXT:
        raise BadRows("size")
    try:
        stream = pa.ipc.MessageReader.open_stream(pa.BufferReader(base64.b64decode(text, validate=True)))
        schema = _schema(stream.read_next_message())
        batches, rows = [], 0
        for message in stream:
            batches.append(_batch(message, schema, MOST_ROWS - rows))
            rows += batches[-1].num_rows
        return pa.Table.from_batches(batches, schema).to_pandas()
    except BadRows:
        raise
    except (ValueError, OverflowError, MemoryError, OSError, StopIteration, struct.error, pa.ArrowException):
        raise BadRows("rows") from None


def _schema(message: pa.Message) -> pa.Schema:
    """The columns: flat, each with a name of its own; what a file says of pandas is not listened to."""
    if message.type != "schema":
        raise BadRows("rows")
    schema = pa.ipc.read_schema(message)
    if len(schema) > MOST_COLUMNS or len(set(schema.names)) < len(schema) or not all(map(_flat, schema.types)):
        raise BadRows("columns")
    return pa.schema([pa.field(column.name, column.type) for column in schema])


def _flat(kind: pa.DataType) -> bool:
    """Is it one of the types that answers consist of?"""
    plain = (pa.types.is_integer, pa.types.is_float64, pa.types.is_boolean, pa.types.is_string,
             pa.types.is_large_string, pa.types.is_null, pa.types.is_timestamp, pa.types.is_date32)
    return any(is_one(kind) for is_one in plain) and getattr(kind, "tz", None) is None


def _batch(message: pa.Message, schema: pa.Schema, room: int) -> pa.RecordBatch:
    """Rows of a message, views of its own bytes; every offset in them is checked."""
    if message.type != "record batch":
        raise BadRows("rows")
    rows, compressed = _declared(message.metadata.to_pybytes())
    if compressed:
        raise BadRows("rows")
    if not 0 <= rows <= room:
        raise BadRows("size")
    batch = pa.ipc.read_record_batch(message, schema)
    batch.validate(full=True)
    return batch


def _declared(metadata: bytes) -> tuple[int, bool]:
    """How many rows a message says that it holds, and whether packed. Arrow, asked itself, would unpack them first."""
    (root,) = struct.unpack_from("<I", metadata)
    place = _field(metadata, root, _HEADER)
    if not place:
        raise BadRows("rows")
    header = place + struct.unpack_from("<I", metadata, place)[0]
    length = _field(metadata, header, _LENGTH)
    return struct.unpack_from("<q", metadata, length)[0] if length else 0, bool(_field(metadata, header, _COMPRESSION))


def _field(buffer: bytes, table: int, number: int) -> int:
    """Where field `number` of a flatbuffer's table stands; 0 where it is left out."""
    (back,) = struct.unpack_from("<i", buffer, table)
    (length,) = struct.unpack_from("<H", buffer, table - back)
    place = 4 + 2 * number
    if place >= length:
        return 0
    (offset,) = struct.unpack_from("<H", buffer, table - back + place)
    return table + offset if offset else 0
