//! `/api/docs/`: the document as a page that needs no script and no other host.

use std::fmt::Write;

use serde_json::{Map, Value};

use crate::api::PROBLEM_CODES;

pub const PATH: &str = "/api/docs/";
/// The house style sheet and nothing else.
pub const CSP: &str = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// The whole page. `css` may be empty: then it is plain.
pub fn render(document: &Value, css: &str) -> String {
    let info = &document["info"];
    let style = if css.is_empty() { String::new() } else { format!("<link rel=\"stylesheet\" href=\"{}\">", escape(css)) };
    let mut page = format!(
        "<!DOCTYPE html><html lang=\"en\" dir=\"ltr\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title} API</title>{style}</head>\
         <body class=\"api-docs\"><main><h1>{title} API <small>{version}</small></h1><p>{about}</p>\
         <p><a href=\"{json}\">OpenAPI document</a></p>",
        title = text(&info["title"]),
        version = text(&info["version"]),
        about = text(&info["description"]),
        json = crate::openapi::PATH,
    );
    let empty = Map::new();
    let paths = document["paths"].as_object().unwrap_or(&empty);
    for tag in document["tags"].as_array().into_iter().flatten() {
        let _ = write!(page, "<section><h2>{}</h2>", text(&tag["description"]));
        for (path, item) in paths {
            for method in METHODS {
                let operation = &item[method];
                if operation["tags"].as_array().is_some_and(|tags| tags.contains(&tag["name"])) {
                    endpoint(&mut page, method, path, operation);
                }
            }
        }
        page.push_str("</section>");
    }
    page.push_str("<section><h2>Schemas</h2>");
    for (name, schema) in document["components"]["schemas"].as_object().unwrap_or(&empty) {
        let _ = write!(page, "<article id=\"schema-{0}\"><h3>{0}</h3><p>{1}</p>", escape(name), text(&schema["description"]));
        if let Some(values) = schema["enum"].as_array() {
            let _ = write!(page, "<p>{}</p>", codes(values));
        }
        members(&mut page, schema);
        page.push_str("</article>");
    }
    page.push_str("</section></main></body></html>");
    page
}

fn endpoint(page: &mut String, method: &str, path: &str, operation: &Value) {
    let lock = if operation["security"].is_array() { " <small>with access token</small>" } else { "" };
    let _ = write!(
        page,
        "<article id=\"{id}\"><h3><code>{method} {path}</code>{lock}</h3><p>{summary} {description}</p>",
        id = text(&operation["operationId"]),
        method = method.to_uppercase(),
        path = escape(path),
        summary = text(&operation["summary"]),
        description = text(&operation["description"]),
    );
    let body = &operation["requestBody"]["content"]["application/json"]["schema"];
    if !body.is_null() {
        let _ = write!(page, "<p>Body: {}</p>", kind(body));
    }
    page.push_str("<table><thead><tr><th>Status</th><th>Answer</th><th>Body</th></tr></thead><tbody>");
    for (status, answer) in operation["responses"].as_object().into_iter().flatten() {
        let said = answer[PROBLEM_CODES].as_array().map_or_else(|| text(&answer["description"]), |names| codes(names));
        let schema =
            answer["content"].as_object().and_then(|content| content.values().next()).map(|content| kind(&content["schema"]));
        let _ = write!(page, "<tr><td>{}</td><td>{said}</td><td>{}</td></tr>", escape(status), schema.unwrap_or_default());
    }
    page.push_str("</tbody></table></article>");
}

fn members(page: &mut String, schema: &Value) {
    let Some(properties) = schema["properties"].as_object() else { return };
    let required = schema["required"].as_array().cloned().unwrap_or_default();
    page.push_str("<table><thead><tr><th>Field</th><th>Type</th><th></th></tr></thead><tbody>");
    for (name, property) in properties {
        let optional = if required.iter().any(|entry| entry == name) { "" } else { " <small>optional</small>" };
        let _ = write!(
            page,
            "<tr><td><code>{}</code>{optional}</td><td>{}</td><td>{}</td></tr>",
            escape(name),
            kind(property),
            text(&property["description"])
        );
    }
    page.push_str("</tbody></table>");
}

/// A schema in a few words, with a link when it has a name.
fn kind(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        return format!("<a href=\"#schema-{0}\">{0}</a>", escape(name));
    }
    for joined in ["oneOf", "anyOf"] {
        if let Some(options) = schema[joined].as_array() {
            return options.iter().map(kind).collect::<Vec<_>>().join(" or ");
        }
    }
    let name = match &schema["type"] {
        Value::Array(names) => names.iter().map(text).collect::<Vec<_>>().join(" or "),
        name => text(name),
    };
    match (name.as_str(), schema["format"].as_str()) {
        ("array", _) => format!("list of {}", kind(&schema["items"])),
        (_, Some(format)) => format!("{name} ({})", escape(format)),
        _ => name,
    }
}

fn codes(values: &[Value]) -> String {
    values.iter().map(|value| format!("<code>{}</code>", text(value))).collect::<Vec<_>>().join(", ")
}

fn text(value: &Value) -> String {
    value.as_str().map(escape).unwrap_or_default()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_shows_every_endpoint_and_schema_and_loads_nothing_from_elsewhere() {
        let document = crate::openapi::json();
        let page = render(&document, "/pkg/salon.css");
        for (path, item) in document["paths"].as_object().expect("paths") {
            for method in METHODS.iter().filter(|method| item[**method].is_object()) {
                assert!(page.contains(&format!("{} {path}</code>", method.to_uppercase())), "{method} {path}");
            }
        }
        for name in document["components"]["schemas"].as_object().expect("schemas").keys() {
            assert!(page.contains(&format!("id=\"schema-{name}\"")), "{name}");
        }
        assert!(!page.contains("<script") && !page.contains("://") && !page.contains(" style="));
    }

    #[test]
    fn what_the_document_says_cannot_become_markup() {
        let page = render(&serde_json::json!({ "info": { "title": "<script>" } }), "\"><script>");
        assert!(!page.contains("<script"));
    }
}
