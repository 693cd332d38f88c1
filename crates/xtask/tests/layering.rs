//! The arrows of ARCHITECTURE.md: who may depend on whom. Reads the manifests, so a wrong arrow fails before it is used.
//!
//! To add a crate: a line in [`HOUSE`] with the crates of ours that it may import.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use toml::{Table, Value};

/// Each crate, where it lives, and which of ours it may import.
const HOUSE: [(&str, &str, &[&str]); 11] = [
    ("domain", "crates/domain", &[]),
    ("store", "crates/store", &["domain"]),
    ("sms", "crates/sms", &["domain"]),
    ("usecases", "crates/usecases", &["domain", "store", "sms"]),
    ("app", "app", &["domain", "usecases"]),
    ("frontend", "frontend", &["app"]),
    ("server", "server", &["app", "usecases", "store", "sms", "domain"]),
    ("harness", "crates/harness", &[]),
    ("faults", "crates/faults", &["store", "harness"]),
    ("bench", "crates/bench", &["domain", "store", "harness"]),
    ("xtask", "crates/xtask", &[]),
];

/// Outside crates that belong to one layer, and the only ones of ours that may name them.
/// A trailing `*` covers a family.
const RESERVED: [(&str, &[&str]); 8] = [
    ("sqlx*", &["store"]),
    ("axum*", &["server", "app"]),
    ("leptos*", &["app", "frontend", "server"]),
    ("tower*", &["server", "app"]),
    ("hyper*", &["server", "bench"]),
    ("reqwest", &["sms", "server", "harness", "faults", "bench"]),
    ("metrics*", &["usecases", "server"]),
    ("tokio", &["store", "sms", "usecases", "server", "harness", "faults", "bench"]),
];

/// All that the wasm entry may name.
const FRONTEND: [&str; 4] = ["app", "leptos", "wasm-bindgen", "console_error_panic_hook"];

struct Manifest {
    name: &'static str,
    table: Table,
}

impl Manifest {
    /// Every dependency, whatever it is for: (name, its table).
    fn dependencies(&self) -> BTreeMap<String, Value> {
        let mut all = BTreeMap::new();
        let targets = self.table.get("target").and_then(Value::as_table);
        let tables = targets.into_iter().flat_map(|targets| targets.values().filter_map(Value::as_table));
        for table in tables.chain([&self.table]) {
            for kind in ["dependencies", "dev-dependencies", "build-dependencies"] {
                for (key, value) in table.get(kind).and_then(Value::as_table).into_iter().flatten() {
                    // A renamed dependency counts as what it is.
                    let real = value.get("package").and_then(Value::as_str).unwrap_or(key);
                    all.insert(real.to_owned(), value.clone());
                }
            }
        }
        all
    }

    fn names(&self) -> BTreeSet<String> {
        self.dependencies().into_keys().collect()
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn house() -> Vec<Manifest> {
    HOUSE
        .iter()
        .map(|(name, dir, _)| {
            let text = std::fs::read_to_string(root().join(dir).join("Cargo.toml")).unwrap();
            Manifest { name, table: toml::from_str(&text).unwrap() }
        })
        .collect()
}

fn one(name: &str) -> Manifest {
    house().into_iter().find(|manifest| manifest.name == name).unwrap()
}

#[test]
fn every_crate_of_the_workspace_has_its_place_in_the_house() {
    let root_manifest: Table = toml::from_str(&std::fs::read_to_string(root().join("Cargo.toml")).unwrap()).unwrap();
    let members = root_manifest["workspace"]["members"].as_array().unwrap();
    let mut found = BTreeSet::new();
    for member in members.iter().filter_map(Value::as_str) {
        match member.strip_suffix("/*") {
            None => found.extend([member.to_owned()]),
            Some(dir) => found.extend(
                std::fs::read_dir(root().join(dir))
                    .unwrap()
                    .map(Result::unwrap)
                    .filter(|entry| entry.path().join("Cargo.toml").is_file())
                    .map(|entry| format!("{dir}/{}", entry.file_name().to_str().unwrap())),
            ),
        }
    }
    assert_eq!(found, HOUSE.iter().map(|(_, dir, _)| (*dir).to_owned()).collect());
}

#[test]
fn no_arrow_points_the_wrong_way() {
    let ours: BTreeSet<_> = HOUSE.iter().map(|(name, ..)| (*name).to_owned()).collect();
    for (manifest, (name, _, allowed)) in house().iter().zip(HOUSE) {
        for dependency in manifest.names().intersection(&ours) {
            // A crate may ask itself for a feature its own tests need.
            let is_itself = *dependency == name;
            assert!(is_itself || allowed.contains(&dependency.as_str()), "{name} must not depend on {dependency}");
        }
    }
}

#[test]
fn outside_crates_stay_in_their_layer() {
    for manifest in house() {
        for dependency in manifest.names() {
            for (pattern, allowed) in RESERVED {
                let hit = match pattern.strip_suffix('*') {
                    Some(family) => dependency.starts_with(family),
                    None => dependency == pattern,
                };
                assert!(!hit || allowed.contains(&manifest.name), "{} must not depend on {dependency}", manifest.name);
            }
        }
    }
}

#[test]
fn the_wasm_entry_names_only_the_app_and_what_wakes_it_up() {
    for dependency in one("frontend").names() {
        assert!(FRONTEND.contains(&dependency.as_str()), "frontend must not depend on {dependency}");
    }
}

#[test]
fn the_app_reaches_the_use_cases_only_behind_ssr() {
    let app = one("app");
    let dependency = &app.dependencies()["usecases"];
    assert_eq!(dependency.get("optional").and_then(Value::as_bool), Some(true), "usecases must be optional in app");

    let features = app.table["features"].as_table().unwrap();
    for (feature, enables) in features {
        let reaches = enables.as_array().unwrap().iter().filter_map(Value::as_str).any(|item| item.contains("usecases"));
        assert!(!reaches || feature == "ssr", "the feature `{feature}` of app must not reach the use cases");
    }
}

#[test]
fn what_the_app_needs_on_the_server_never_reaches_wasm() {
    let app = one("app");
    for (name, value) in app.dependencies() {
        let serves = ["axum", "leptos_axum", "tower", "http"].iter().any(|family| name.starts_with(family));
        let optional = value.get("optional").and_then(Value::as_bool) == Some(true);
        assert!(!serves || optional, "{name} must be optional in app, and enabled by `ssr`");
    }
    let hydrate = app.table["features"]["hydrate"].as_array().unwrap();
    for item in hydrate.iter().filter_map(Value::as_str) {
        let serves = ["axum", "tower", "http"].iter().any(|family| item.contains(family));
        assert!(!serves, "the feature `hydrate` of app must not enable {item}");
    }
}

#[test]
fn the_phone_library_never_reaches_wasm() {
    let domain = one("domain");
    let dependency = &domain.dependencies()["phonenumber"];
    assert_eq!(dependency.get("optional").and_then(Value::as_bool), Some(true), "phonenumber must be optional in domain");

    let app = one("app");
    let features = app.table["features"].as_table().unwrap();
    for (feature, enables) in features {
        let reaches = enables.as_array().unwrap().iter().filter_map(Value::as_str).any(|item| item == "domain/server");
        assert!(!reaches || feature == "ssr", "the feature `{feature}` of app must not enable domain/server");
    }
}
