"""The Python peer of the audit workbook: XlsxWriter with constant memory writes as many voucher rows.

Usage: write_xlsxwriter.py ROWS FILE
"""

import datetime
import sys

import xlsxwriter

SHEET_ROWS = 1_048_575
HEADERS = (
    "Teilvorhaben", "Quartal", "Fassung", "Zählt in Berichten", "Fassungen Nr.", "Blatt", "Zelle", "Belegnummer",
    "Zahlungstag", "Zahlungsempfänger", "Zweck", "Einzelansatz", "Betrag", "Korrigiert Quartal",
)


def main(rows, file):
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False})
    money = book.add_format({"num_format": "#,##0.00"})
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    first = datetime.date(2024, 1, 1)
    sheet, line = None, SHEET_ROWS
    for number in range(rows):
        if line >= SHEET_ROWS:
            sheet, line = book.add_worksheet(), 0
            sheet.write_row(0, 0, HEADERS)
        line += 1
        sheet.write_string(line, 0, f"IQ23-NW-{number % 270:03}")
        sheet.write_string(line, 1, "2024-Q1")
        sheet.write_number(line, 2, 1)
        sheet.write_string(line, 3, "ja")
        sheet.write_number(line, 4, number // 20_000)
        sheet.write_string(line, 5, "Belege")
        sheet.write_string(line, 6, f"F{number % 20_000 + 6}")
        sheet.write_string(line, 7, f"B-{number:07}")
        sheet.write_datetime(line, 8, first + datetime.timedelta(days=number % 90), day)
        sheet.write_string(line, 9, f"Lieferant {number % 977}")
        sheet.write_string(line, 10, f"Sachausgabe Nummer {number % 4999}")
        sheet.write_string(line, 11, "Personalausgaben (Beschäftigte)")
        sheet.write_number(line, 12, (number % 250_000) / 100, money)
    book.close()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
