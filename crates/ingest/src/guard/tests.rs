//! Tests of the guard on small workbooks.
