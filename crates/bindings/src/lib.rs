//! What the packages for JavaScript and Python share: each function takes one request of plain values and returns one
//! answer of plain values. The numbers are those of `cotside-core`; nothing is computed here.
//!
//! Columns are lists of equal length. A missing value (`None`, NaN) leaves its row out of an analysis that uses the
//! column, and `n_excluded` counts such rows, as the command line does. A field that a request does not have is refused.
//!
//! ```
//! use cotside_bindings::call;
//!
//! // R: survfit(Surv(c(1, 2, 3, 4, 5), c(1, 0, 1, 1, 0)) ~ 1)$surv
//! let answer = call("km", r#"{ "time": [1, 2, 3, 4, 5], "event": [1, 0, 1, 1, 0] }"#).unwrap();
//! let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
//! let survival = answer["groups"][0]["steps"]["survival"].as_array().unwrap();
//! assert!((survival[2].as_f64().unwrap() - 1.6 / 3.0).abs() < 1e-12);
//! assert!(call("km", r#"{ "time": [1], "event": [2] }"#).is_err(), "2 is a cause and no event of one kind");
//! ```

mod cif;
mod columns;
mod cox;
mod km;
mod logrank;
mod stratify;

pub use cif::{CifAnswer, CifRequest, cif};
pub use columns::{Cell, Event, Refused};
pub use cox::{CoxAnswer, CoxRequest, cox};
pub use km::{KmAnswer, KmRequest, km};
pub use logrank::{LogRankAnswer, LogRankRequest, log_rank};
pub use stratify::{Record, protocols, stratify, version};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// The names that [`call`] knows.
pub const FUNCTIONS: [&str; 7] = ["stratify", "protocols", "version", "km", "logrank", "cox", "cif"];

/// Calls a function by its name with a request as JSON; returns the answer as JSON.
///
/// # Errors
/// [`Refused`] where the name is unknown, or the request is not one of this function.
pub fn call(name: &str, request: &str) -> Result<String, Refused> {
    match name {
        "stratify" => answer(&stratify(&read::<Vec<Record>>(request)?)?),
        "protocols" => answer(&protocols()),
        "version" => answer(&version()),
        "km" => answer(&km(&read(request)?)?),
        "logrank" => answer(&log_rank(&read(request)?)?),
        "cox" => answer(&cox(&read(request)?)?),
        "cif" => answer(&cif(&read(request)?)?),
        _ => Err(Refused::new(format!(
            "“{name}” is not a function; there are {}",
            FUNCTIONS.join(", ")
        ))),
    }
}

fn read<T: DeserializeOwned>(request: &str) -> Result<T, Refused> {
    serde_json::from_str(request).map_err(|error| Refused::new(error.to_string()))
}

fn answer(answer: &impl Serialize) -> Result<String, Refused> {
    serde_json::to_string(answer).map_err(|error| Refused::new(error.to_string()))
}
