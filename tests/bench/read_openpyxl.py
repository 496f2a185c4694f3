"""The plain peer of the import: reads the same cells with openpyxl and inserts them into SQLite.

Usage: read_openpyxl.py DATABASE FILE…   prints the number of cells
"""

import sqlite3
import sys

import openpyxl


def main(database, files):
    connection = sqlite3.connect(database)
    connection.execute("CREATE TABLE cell (file TEXT, sheet TEXT, row INTEGER, col INTEGER, value)")
    cells = 0
    for file in files:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        with connection:
            for sheet in book.worksheets:
                rows = []
                for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
                    for column, value in enumerate(row, start=1):
                        if value is not None:
                            rows.append((file, sheet.title, number, column, str(value)))
                connection.executemany("INSERT INTO cell VALUES (?, ?, ?, ?, ?)", rows)
                cells += len(rows)
        book.close()
    print(cells)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
