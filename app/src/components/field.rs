//! A labelled text field with its hint and its error.

use leptos::prelude::*;

/// One field. Its name is its id. `fault` marks it as wrong and is read together with the hint.
#[component]
pub(crate) fn Field(
    id: &'static str,
    label: &'static str,
    #[prop(into)] value: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional_no_strip)] fault: Option<String>,
    /// A word beside the label, such as "optional".
    #[prop(optional)]
    note: Option<&'static str>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional)] mode: Option<&'static str>,
    #[prop(default = "off")] autocomplete: &'static str,
    /// `ltr` for numbers and addresses; a name takes the direction of its letters.
    #[prop(default = "auto")]
    dir: &'static str,
    #[prop(optional)] class: &'static str,
    #[prop(optional)] autofocus: bool,
    /// The id of a live message that an island keeps below the field.
    #[prop(optional)]
    live: Option<&'static str>,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    let fault_id = format!("{id}-error");
    let mut described: Vec<&str> = Vec::new();
    if hint.is_some() {
        described.push(&hint_id);
    }
    if fault.is_some() {
        described.push(&fault_id);
    }
    described.extend(live);
    let described = (!described.is_empty()).then(|| described.join(" "));
    let invalid = fault.is_some().then_some("true");
    view! {
        <div class="field">
            <label for=id>
                {label} {note.map(|note| view! { " " <span class="note">{format!("({note})")}</span> })}
            </label>
            {hint.map(|hint| view! { <p class="hint" id=hint_id.clone()>{hint}</p> })}
            {fault.map(|fault| view! { <p class="field-error" id=fault_id.clone()>{fault}</p> })}
            <input
                id=id
                name=id
                class=class
                type=kind
                inputmode=mode
                autocomplete=autocomplete
                dir=dir
                value=value
                spellcheck="false"
                autofocus=autofocus
                aria-describedby=described
                aria-invalid=invalid
            />
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_field_says_so_and_points_to_why() {
        let html = Owner::new().with(|| {
            view! { <Field id="phone" label="Mobile" value="05<b>" hint="Example" fault=Some("Too short".to_owned()) kind="tel" dir="ltr" /> }.to_html()
        });
        for part in [
            r#"for="phone""#,
            r#"aria-invalid="true""#,
            r#"aria-describedby="phone-hint phone-error""#,
            r#"id="phone-error""#,
            r#"dir="ltr""#,
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        assert!(!html.contains("<b>"));
    }

    #[test]
    fn a_good_field_does_not() {
        let html = Owner::new().with(|| view! { <Field id="name" label="Name" value="" /> }.to_html());
        assert!(!html.contains("aria-invalid") && !html.contains("aria-describedby") && !html.contains("maxlength"));
    }
}
