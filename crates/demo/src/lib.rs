//! The made-up programme and how its workbooks get filled.
