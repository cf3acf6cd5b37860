//! A rule as resources of FHIR R4: a `Library` with the CQL, and a `PlanDefinition` with an action for each group.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::super::rule::Protocol;
use super::super::{EVIDENCE_DATE, RULES_VERSION};
use super::cql::{library, library_name, parameters};

/// Where the resources are named; it is a name and not an address.
const BASE: &str = "urn:cotside";

fn canonical(kind: &str, protocol: &Protocol) -> String {
    format!("{BASE}:{kind}:{}", protocol.id)
}

fn named(kind: &str, protocol: &Protocol) -> Value {
    json!({
        "resourceType": kind,
        "id": library_name(protocol).replace('_', "-").to_lowercase(),
        "url": canonical(kind, protocol),
        "version": RULES_VERSION,
        "name": library_name(protocol),
        "title": protocol.name,
        "status": "draft",
        "experimental": true,
        "date": EVIDENCE_DATE,
        "description": protocol.summary,
        "purpose": "For education, research and reference to published protocols. Not a medical device.",
    })
}

/// The `Library` with the rule as CQL.
fn library_resource(protocol: &Protocol) -> Value {
    let mut resource = named("Library", protocol);
    let asked = parameters(protocol)
        .into_iter()
        .map(|each| json!({ "name": each.name, "use": "in", "min": 0, "max": "1", "type": type_of(each.kind) }));
    let given = json!({ "name": "Group", "use": "out", "min": 0, "max": "1", "type": "string" });
    resource["type"] = json!({ "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/library-type", "code": "logic-library" }] });
    resource["parameter"] = asked.chain([given]).collect();
    resource["content"] = json!([{ "contentType": "text/cql", "data": STANDARD.encode(library(protocol)) }]);
    resource
}

fn type_of(cql: &str) -> &'static str {
    match cql {
        "Date" => "date",
        "Decimal" => "decimal",
        "Integer" => "integer",
        "Boolean" => "boolean",
        _ => "string",
    }
}

/// The `PlanDefinition`: an action for each group whose condition is that of the library, with its sources.
fn plan_definition(protocol: &Protocol) -> Value {
    let mut resource = named("PlanDefinition", protocol);
    let actions = protocol.groups.iter().map(|group| {
        json!({
            "title": group.name,
            "code": [{ "text": group.id }],
            "condition": [{
                "kind": "applicability",
                "expression": { "language": "text/cql-expression", "expression": format!("\"Group\" = '{}'", group.id) },
            }],
        })
    });
    let sources = protocol.sources().into_iter().map(|source| {
        json!({ "type": "citation", "display": source.short, "citation": format!("{} {}", source.reference, source.identifier).trim() })
    });
    resource["type"] = json!({ "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/plan-definition-type", "code": "eca-rule" }] });
    resource["library"] = json!([format!("{}|{RULES_VERSION}", canonical("Library", protocol))]);
    resource["relatedArtifact"] = sources.collect();
    resource["action"] = actions.collect();
    resource
}

/// Both resources in a `Bundle`.
#[must_use]
pub fn bundle(protocol: &Protocol) -> Value {
    let resources = [library_resource(protocol), plan_definition(protocol)];
    let entries = resources.map(|resource| json!({ "resource": resource }));
    json!({ "resourceType": "Bundle", "type": "collection", "entry": entries })
}
