//! Writes the JavaScript glue for a compiled module: `marketingos-wasm-pack MODULE.wasm OUT_DIR`.
//!
//! This is all that we need of the `wasm-bindgen` command line, which takes minutes to build and
//! must have exactly the version of the library. As a crate of the workspace the two versions
//! are pinned side by side.

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (module, out) = arguments.next().zip(arguments.next()).context("usage: marketingos-wasm-pack MODULE.wasm OUT_DIR")?;
    Bindgen::new()
        .input_path(module)
        .out_name("marketingos")
        .web(true)?
        // The entries in ../js say where the module is, each in the way of its host.
        .omit_default_module_path(true)
        // The types are written by hand; see ../js/index.d.ts.
        .typescript(false)
        .generate(out)
}
