//! Reports as typed tables, and their renderers XLSX, CSV, JSON.
