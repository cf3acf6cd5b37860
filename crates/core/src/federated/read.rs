//! Files of pooled analyses: read and checked, or refused with the name of the file and the field; and written.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::canonical::{canonical, from_hex, open, sealed, sha256_hex};
use super::fault::{Fault, Why};
use super::plan::{Design, KIND_KEY, KIND_PLAN, Key, Plan, Sharing, VERSION};
use super::result::{KIND_RESULT, Outcome};
use super::summary::{KIND_SUMMARY, Summary};

/// Reads a document of a kind: canonical, sealed, of this version, with exactly its fields.
fn document<T: DeserializeOwned>(file: &str, text: &str, kind: &str) -> Result<T, Fault> {
    let value = open(text).map_err(|fault| Fault::new(file, "file", Why::File(fault)))?;
    fields(file, value, kind)
}

fn fields<T: DeserializeOwned>(file: &str, value: Value, kind: &str) -> Result<T, Fault> {
    let found = value.get("kind").and_then(Value::as_str).unwrap_or_default();
    same(file, "kind", found, kind)?;
    let version = value.get("version").map(ToString::to_string).unwrap_or_default();
    same(file, "version", &version, &VERSION.to_string())?;
    serde_json::from_value(value).map_err(|error| Fault::new(file, "file", Why::Shape(error.to_string())))
}

/// Refuses a field that is not as expected.
pub(super) fn same(file: &str, field: &str, found: &str, expected: &str) -> Result<(), Fault> {
    if found == expected {
        return Ok(());
    }
    let short = |text: &str| text.chars().take(64).collect();
    let why = Why::Other {
        found: short(found),
        expected: short(expected),
    };
    Err(Fault::new(file, field, why))
}

/// The canonical bytes of a document with its hash, and a line feed. Numbers that are not finite become `null`, so none
/// may be in it.
fn written(document: &impl Serialize) -> String {
    sealed(serde_json::to_value(document).unwrap_or_default())
}

impl Design {
    /// Returns the hash of the design.
    #[must_use]
    pub fn hash(&self) -> String {
        sha256_hex(canonical(&serde_json::to_value(self).unwrap_or_default()).as_bytes())
    }
}

impl Plan {
    /// Makes the plan of round 1 of a design.
    ///
    /// # Errors
    /// A [`Fault`] where the design contradicts itself.
    pub fn first(design: Design) -> Result<Self, Fault> {
        let beta = design.cox.as_ref().map(|cox| cox.start.clone()).unwrap_or_default();
        Self {
            kind: KIND_PLAN.to_owned(),
            version: VERSION,
            round: 1,
            attempt: 1,
            design_sha256: design.hash(),
            beta,
            design,
            totals: None,
            previous_plan_sha256: None,
            sha256: String::new(),
        }
        .finished()
    }

    /// Checks a plan and gives it its hash.
    pub(super) fn finished(self) -> Result<Self, Fault> {
        let text = self.text();
        Self::read("plan", &text)
    }

    /// Returns the text of its file.
    #[must_use]
    pub fn text(&self) -> String {
        written(self)
    }

    /// Returns the name of its file.
    #[must_use]
    pub fn file_name(&self) -> String {
        format!("{}-plan-r{}.json", self.design.study, self.round)
    }

    /// Reads a plan; `file` names it in a refusal.
    ///
    /// # Errors
    /// A [`Fault`].
    pub fn read(file: &str, text: &str) -> Result<Self, Fault> {
        let plan: Self = document(file, text, KIND_PLAN)?;
        same(file, "design_sha256", &plan.design_sha256, &plan.design.hash())?;
        super::check_plan::plan(file, &plan)?;
        Ok(plan)
    }
}

impl Summary {
    /// Returns the text of its file, with its hash.
    #[must_use]
    pub fn text(&self) -> String {
        written(self)
    }

    /// Returns the name of its file.
    #[must_use]
    pub fn file_name(&self, plan: &Plan) -> String {
        format!("{}-r{}-{}.json", plan.design.study, self.round, self.site)
    }

    /// Reads the summary of a site and holds it against the plan; `file` names it in a refusal.
    ///
    /// # Errors
    /// A [`Fault`].
    pub fn read(plan: &Plan, file: &str, text: &str) -> Result<Self, Fault> {
        let value = open(text).map_err(|fault| Fault::new(file, "file", Why::File(fault)))?;
        // What the file belongs to comes first: its shape follows from that.
        for (field, expected) in [
            ("kind", Value::from(KIND_SUMMARY)),
            ("version", VERSION.into()),
            ("design_sha256", plan.design_sha256.clone().into()),
            ("round", plan.round.into()),
            ("attempt", plan.attempt.into()),
            ("plan_sha256", plan.sha256.clone().into()),
            ("sharing", serde_json::to_value(plan.design.sharing).unwrap_or_default()),
        ] {
            let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let found = value.get(field).map(text).unwrap_or_default();
            same(file, field, &found, &text(&expected))?;
        }
        let summary: Self = fields(file, value, KIND_SUMMARY)?;
        if !plan.design.sites.contains(&summary.site) {
            return Err(Fault::new(file, "site", Why::NoSuchSite(summary.site)));
        }
        match plan.design.sharing {
            Sharing::PerSite => super::check::summary(file, plan, &summary)?,
            Sharing::Masked => super::check::masked(file, plan, &summary)?,
        }
        Ok(summary)
    }
}

impl Key {
    /// Makes the key file of a site for the next site of a plan. `digits` are 64 random hexadecimal digits.
    ///
    /// # Errors
    /// A [`Fault`] where the plan has no such site, or is not masked.
    pub fn of(plan: &Plan, site: &str, digits: &str) -> Result<Self, Fault> {
        if plan.design.sharing != Sharing::Masked {
            let why = "keys are for plans with masked sums; this plan shares the sums of each site".to_owned();
            return Err(Fault::new("plan", "design.sharing", Why::Sharing(why)));
        }
        let next = plan.design.neighbours(site).map(|(_, next)| next.to_owned());
        let next = next.ok_or_else(|| Fault::new("plan", "design.sites", Why::NoSuchSite(site.to_owned())))?;
        Ok(Self {
            kind: KIND_KEY.to_owned(),
            version: VERSION,
            design_sha256: plan.design_sha256.clone(),
            from: site.to_owned(),
            to: next,
            key: digits.to_owned(),
        })
    }

    /// Returns the text of its file. A key has no hash of its own.
    #[must_use]
    pub fn text(&self) -> String {
        canonical(&serde_json::to_value(self).unwrap_or_default()) + "\n"
    }

    /// Returns the name of its file: `STUDY-key-FROM-TO.json`.
    #[must_use]
    pub fn file_name(&self, plan: &Plan) -> String {
        format!("{}-key-{}-{}.json", plan.design.study, self.from, self.to)
    }

    /// Reads a key of a plan's design; `file` names it in a refusal, which never shows the key.
    ///
    /// # Errors
    /// A [`Fault`].
    pub fn read(plan: &Plan, file: &str, text: &str) -> Result<Self, Fault> {
        let value = super::canonical::parse(text).map_err(|fault| Fault::new(file, "file", Why::File(fault)))?;
        let key: Self = fields(file, value, KIND_KEY)?;
        same(file, "design_sha256", &key.design_sha256, &plan.design_sha256)?;
        if from_hex::<32>(&key.key).is_none() {
            return Err(Fault::new(
                file,
                "key",
                Why::Shape("not 64 hexadecimal digits".to_owned()),
            ));
        }
        Ok(key)
    }
}

impl Outcome {
    /// Returns the text of its file, with its hash.
    #[must_use]
    pub fn text(&self) -> String {
        written(self)
    }

    /// Reads a result; `file` names it in a refusal.
    ///
    /// # Errors
    /// A [`Fault`].
    pub fn read(file: &str, text: &str) -> Result<Self, Fault> {
        document(file, text, KIND_RESULT)
    }
}
