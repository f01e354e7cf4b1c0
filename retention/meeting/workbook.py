"""The numbers behind an editable chart, whose workbook holds text as text: no links, formulas or numbers made of it.

python-pptx writes that workbook through XlsxWriter with its usual settings, under which `http://…` becomes a link to
the outside, and offers no option for others. `xlsx_blob`, which it asks a chart's data for, is the public place where
another workbook can be given.
"""

from contextlib import contextmanager

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.chart.xlsx import CategoryWorkbookWriter, XyWorkbookWriter
from xlsxwriter import Workbook

from retention.meeting.native import Native
from retention.table_files import neutral

TEXT_IS_TEXT = {
    "in_memory": True, "strings_to_urls": False, "strings_to_formulas": False, "strings_to_numbers": False,
}


class _TextIsText:
    """Opens a workbook in which no text is taken for anything else."""

    @contextmanager
    def _open_worksheet(self, file):
        workbook = Workbook(file, TEXT_IS_TEXT)
        yield workbook, workbook.add_worksheet()
        workbook.close()


class _CategoryWorkbook(_TextIsText, CategoryWorkbookWriter):
    pass


class _XyWorkbook(_TextIsText, XyWorkbookWriter):
    pass


class Categories(CategoryChartData):
    """Series over the same categories."""

    @property
    def xlsx_blob(self) -> bytes:
        """The workbook that stands behind the chart."""
        return _CategoryWorkbook(self).xlsx_blob


class Points(XyChartData):
    """Series of points over numbers."""

    @property
    def xlsx_blob(self) -> bytes:
        """The workbook that stands behind the chart."""
        return _XyWorkbook(self).xlsx_blob


def chart_data(shown: Native) -> Categories | Points:
    """The series of a figure as PowerPoint takes them."""
    form = "0.0 %" if shown.percent else "General"
    if shown.kind == "xy":
        data = Points(number_format=form)
        for name, values in shown.series.items():
            series = data.add_series(neutral(name))
            for place, value in zip(shown.categories, values, strict=True):
                if value is not None:
                    series.add_data_point(place, value)
        return data
    data = Categories(number_format=form)
    data.categories = [neutral(place) for place in shown.categories]
    for name, values in shown.series.items():
        data.add_series(neutral(name), values)
    return data
