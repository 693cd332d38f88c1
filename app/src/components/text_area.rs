//! A labelled field for some lines of text, with its hint and its error.

use leptos::prelude::*;

/// Leptos writes what stands in a `textarea` as it is, unlike what stands anywhere else: the one place where a page escapes by hand.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// One field. Its name is its id, unless two forms of a page have the same.
#[component]
pub(crate) fn TextArea(
    #[prop(into)] id: String,
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    #[prop(into)] value: String,
    #[prop(optional_no_strip)] fault: Option<String>,
    /// A word beside the label, such as "optional".
    #[prop(optional)]
    note: Option<&'static str>,
    /// In characters: the browser stops there, so that nothing typed is lost to a refusal.
    #[prop(optional)]
    most: Option<usize>,
) -> impl IntoView {
    let (hint_id, fault_id) = (format!("{id}-hint"), format!("{id}-error"));
    let described = if fault.is_some() { format!("{hint_id} {fault_id}") } else { hint_id.clone() };
    let invalid = fault.is_some().then_some("true");
    let value = escaped(&value);
    view! {
        <div class="field">
            <label for=id.clone()>
                {label} {note.map(|note| view! { " " <span class="note">{format!("({note})")}</span> })}
            </label>
            <p class="hint" id=hint_id>{hint}</p>
            {fault.map(|fault| view! { <p class="field-error" id=fault_id>{fault}</p> })}
            <textarea id=id name=name rows="3" dir="auto" maxlength=most.map(|most| most.to_string()) aria-describedby=described aria-invalid=invalid>{value}</textarea>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_stands_there_again_as_text() {
        let html = Owner::new().with(|| {
            view! { <TextArea id="why" name="reason" label="Why" hint="Short" value="</textarea><b> &lt;" fault=Some("Too long".to_owned()) /> }
                .to_html()
        });
        for part in [
            r#"for="why""#,
            r#"name="reason""#,
            r#"aria-describedby="why-hint why-error""#,
            ">&lt;/textarea&gt;&lt;b&gt; &amp;lt;</textarea>",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        assert!(!html.contains("<b>"));
    }
}
