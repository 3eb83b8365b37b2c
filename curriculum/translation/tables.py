"""A table whose caption, headings and cells can be translated: wagtail-localize passes over Wagtail's own."""

from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock
from wagtail_localize.segments import StringSegmentValue


class TextTableBlock(TypedTableBlock):
    """Every column is plain text. Paths: `caption`, `heading.<column>`, `cell.<row>.<column>`, counted from 0."""

    def get_translatable_segments(self, value: TypedTable) -> list[StringSegmentValue]:
        found = [("caption", value.caption)]
        found += [(f"heading.{number}", column["heading"]) for number, column in enumerate(value.columns)]
        for number, row in enumerate(value.row_data):
            found += [(f"cell.{number}.{place}", text) for place, text in enumerate(row["values"])]
        return [StringSegmentValue(path, text) for path, text in found if text]

    def restore_translated_segments(self, value: TypedTable, segments: list[StringSegmentValue]) -> TypedTable:
        texts = {segment.path: segment.render_text() for segment in segments}
        return TypedTable(
            columns=[
                column | {"heading": texts.get(f"heading.{number}", column["heading"])}
                for number, column in enumerate(value.columns)
            ],
            row_data=[
                row | {"values": [texts.get(f"cell.{number}.{n}", cell) for n, cell in enumerate(row["values"])]}
                for number, row in enumerate(value.row_data)
            ],
            caption=texts.get("caption", value.caption),
        )
