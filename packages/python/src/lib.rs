//! The door between Python and Rust: a request as JSON in, an answer as JSON out. Tables are made in Python.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

/// Calls a function of Cotside by its name. Python's other threads go on meanwhile.
#[pyfunction]
fn call(py: Python<'_>, name: &str, request: &str) -> PyResult<String> {
    let answer = py.detach(|| cotside_bindings::call(name, request));
    answer.map_err(|why| PyValueError::new_err(why.to_string()))
}

#[pymodule]
fn _cotside(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(call, module)?)
}
