//! Acceptance: the program as its users meet it, over the command line and HTTP, with real files and a real port.

mod program;
